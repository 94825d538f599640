package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The confirmation that something was sent to a device. The platform documents only the envelope;
 * {@code unknownFields} has everything else that it sends.
 *
 * <p>Immutable. The decoder creates it; see {@link DeviceMessage} about its constructor.
 *
 * @param deviceId the device, never empty
 * @param timestamp when, to the millisecond
 * @param messageType the message's own type, {@code downlink}; or null
 * @param source the part of the platform that it came through; or null
 * @param deviceType the type of device; or null
 * @param unknownFields all other fields, in the order sent; unmodifiable
 */
public record Downlink(
    String deviceId,
    Instant timestamp,
    @Nullable String messageType,
    @Nullable String source,
    @Nullable String deviceType,
    Map<String, JsonValue> unknownFields)
    implements DeviceMessage {

  /**
   * Checks the required components and copies the fields.
   *
   * @param deviceId the device
   * @param timestamp when
   * @param messageType the message's own type, or null
   * @param source the part of the platform that it came through, or null
   * @param deviceType the type of device, or null
   * @param unknownFields all other fields
   */
  public Downlink {
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(timestamp, "timestamp");
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  @Override
  public MessageKind kind() {
    return MessageKind.DOWNLINK;
  }

  /** Without characters that could move, hide or cut off text in a log. */
  @Override
  public String toString() {
    return MessageText.of(this);
  }
}
