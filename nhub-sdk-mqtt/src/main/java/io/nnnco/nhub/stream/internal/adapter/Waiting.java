package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import java.util.concurrent.CompletableFuture;

/**
 * A message that waits for its consumer.
 *
 * @param message the message
 * @param handled completed when the consumer has finished with it, which acknowledges it
 */
record Waiting(DeliveredMessage message, CompletableFuture<Void> handled) {
  static Waiting of(DeviceMessage message, Delivery delivery) {
    return new Waiting(new DeliveredMessage(message, delivery), new CompletableFuture<>());
  }

  void acknowledge() {
    handled.complete(null);
  }
}
