package io.nnnco.nhub.stream;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.recording.RecordedMessage;
import java.util.Objects;

/**
 * A message and how it arrived, for {@link MessageStream} and {@code NHubClient.publisher}.
 * Immutable.
 *
 * @param message the message
 * @param delivery how it arrived
 */
public record DeliveredMessage(DeviceMessage message, Delivery delivery) {
  private static final MessageDecoder DECODER = new MessageDecoder();

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

  /**
   * Decodes a recorded message, as a subscription does when it arrives.
   *
   * @param message the message
   * @return the message and how it arrived when it was recorded
   * @throws io.nnnco.nhub.codec.MalformedMessageException if it cannot be decoded
   */
  public static DeliveredMessage of(RecordedMessage message) {
    byte[] payload = message.payload();
    DeviceMessage decoded =
        DeviceTopic.parse(message.topic())
            .map(topic -> DECODER.decode(topic, payload, 0, payload.length))
            .orElseGet(() -> DECODER.decode(payload));
    return new DeliveredMessage(decoded, new RecordedDelivery(message));
  }
}
