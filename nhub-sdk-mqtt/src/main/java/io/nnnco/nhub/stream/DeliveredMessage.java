package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;
import java.util.Objects;

/**
 * A message and how it came, for {@link MessageStream} and {@code NHubClient.publisher}. Immutable.
 *
 * @param message what came
 * @param delivery how it came
 */
public record DeliveredMessage(DeviceMessage message, Delivery delivery) {
  /**
   * Checks that both are there.
   *
   * @param message what came
   * @param delivery how it came
   */
  public DeliveredMessage {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(delivery, "delivery");
  }
}
