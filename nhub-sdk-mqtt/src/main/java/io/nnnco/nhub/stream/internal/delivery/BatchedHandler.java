package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
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
  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) throws Exception {
    return batches.handle(List.of(new DeliveredMessage(message, delivery)));
  }
}
