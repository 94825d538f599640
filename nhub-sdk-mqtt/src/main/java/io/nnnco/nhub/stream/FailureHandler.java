package io.nnnco.nhub.stream;

/**
 * Takes the messages that could not be handled or decoded, for a dead-letter queue, a file or a
 * log. Called on a worker thread, after the retries, in the place of the message's device: later
 * messages of that device wait.
 */
@FunctionalInterface
public interface FailureHandler {
  /**
   * Takes one message. After this method has returned it is acknowledged; if it throws, the message
   * is not acknowledged and the subscription ends, because nothing else has it.
   *
   * @param failure the message's bytes, and why it failed
   * @throws Exception if the message could not be put away
   */
  void handle(FailedMessage failure) throws Exception;
}
