package io.nnnco.nhub.stream;

import java.util.List;

/**
 * Receives the messages of a subscription in batches, for instance to write them into a database in
 * one transaction.
 *
 * <p><b>Acknowledgement.</b> When this method has returned, all messages of the batch are
 * acknowledged. A crash before that makes the bridge send them again.
 *
 * <p><b>Order.</b> A batch has any number of messages of one device, in the order in which the
 * bridge sent them; the next batch with messages of that device comes when this one is finished.
 *
 * <p><b>Errors.</b> If this method throws, none of the messages counts as handled, so roll back
 * what was done. The SDK calls it again with parts of the batch, down to single messages, until it
 * has found the one that fails; that one alone is retried, and at last given up, as the {@link
 * FailurePolicy} says. A handler that knows which message is at fault throws {@link
 * BatchFailedException#at}, and saves the search. In an outage of your side, parts of the batch
 * wait until a call succeeds.
 *
 * <p><b>Threading.</b> Called on a worker thread, by one at a time unless {@link
 * BatchOptions#parallelism()} says otherwise, parts and retries included; it may block, for up to
 * {@link SubscribeOptions#handlerDeadline()} per call. If it ignores the interrupt after that, the
 * batch stays with it until it returns.
 */
@FunctionalInterface
public interface BatchHandler {
  /**
   * Handles some messages.
   *
   * @param batch one message or more; cannot be changed
   * @throws Exception if not all of them could be handled
   */
  void handle(List<DeliveredMessage> batch) throws Exception;
}
