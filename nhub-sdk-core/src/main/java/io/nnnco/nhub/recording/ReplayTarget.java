package io.nnnco.nhub.recording;

/**
 * Takes the messages of a {@linkplain Recording recording}, one after the other. Handlers of
 * subscriptions are targets, and so is {@code FakeNHub}; a lambda makes any other.
 *
 * @param <E> what it may throw; {@link RuntimeException} for nothing of its own
 */
@FunctionalInterface
public interface ReplayTarget<E extends Exception> {
  /**
   * Takes one message. Called on the thread that replays, which waits for it.
   *
   * @param message the message
   * @throws E to end the replay
   */
  void replay(RecordedMessage message) throws E;
}
