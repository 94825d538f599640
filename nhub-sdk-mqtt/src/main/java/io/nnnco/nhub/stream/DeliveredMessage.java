package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.DeviceMessage;
import java.util.Objects;

/**
 * A message and how it arrived, for {@link MessageStream} and {@code NHubClient.publisher}.
 * Immutable.
 *
 * @param message the message
 * @param delivery how it arrived
 */
public record DeliveredMessage(DeviceMessage message, Delivery delivery) {
  /**
   * Checks that neither is null.
   *
   * @param message the message
   * @param delivery how it arrived
   */
  public DeliveredMessage {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(delivery, "delivery");
  }
}
