package io.nnnco.nhub.stream;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Receives the messages of a subscription in batches, and works on them elsewhere: the messages of
 * a batch are acknowledged when the returned stage completes. Otherwise the contract is that of
 * {@link BatchHandler}.
 */
@FunctionalInterface
public interface AsyncBatchHandler {
  /**
   * Begins to handle some messages.
   *
   * @param batch one message or more; cannot be changed
   * @return completes when all of them are handled, exceptionally when not all could be
   * @throws Exception if the work could not be begun; the same as a stage that fails
   */
  CompletionStage<?> handle(List<DeliveredMessage> batch) throws Exception;
}
