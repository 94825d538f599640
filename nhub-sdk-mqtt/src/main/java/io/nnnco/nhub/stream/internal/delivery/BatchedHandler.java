package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A handler of batches. It gets a message that failed in a batch alone, as a batch of one.
 *
 * @param options how to collect messages
 * @param batches handles batches
 */
public record BatchedHandler(BatchOptions options, AsyncBatchHandler batches)
    implements AsyncMessageHandler {
  /** One whose batches must fit into the window of a subscription. */
  public static BatchedHandler within(
      SubscribeOptions subscription, BatchOptions options, AsyncBatchHandler batches) {
    long messages = (long) options.size() * options.parallelism();
    if (messages > subscription.window()) {
      throw new IllegalArgumentException(
          "Batches of "
              + messages
              + " messages in all do not fit into the window of "
              + subscription.window()
              + ": make them smaller, or the window larger.");
    }
    return new BatchedHandler(options, batches);
  }

  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) throws Exception {
    return batches.handle(List.of(new DeliveredMessage(message, delivery)));
  }
}
