package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a kind that this version of the SDK does not know. This is not an error: the
 * platform may add kinds, and {@code unknownFields} has the message's fields.
 *
 * <p>Immutable. The decoder creates it; see {@link DeviceMessage} about its constructor.
 *
 * @param deviceId the device, never empty
 * @param timestamp when, to the millisecond
 * @param topicLevel the last level of its topic, which names its kind, such as {@code alarms}; or
 *     null if it was decoded without a topic
 * @param messageType the message's own type; or null
 * @param source the part of the platform that it came through; or null
 * @param deviceType the type of device; or null
 * @param unknownFields all other fields, in the order sent; unmodifiable
 */
public record UnknownMessage(
    String deviceId,
    Instant timestamp,
    @Nullable String topicLevel,
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
   * @param topicLevel the last level of its topic, or null
   * @param messageType the message's own type, or null
   * @param source the part of the platform that it came through, or null
   * @param deviceType the type of device, or null
   * @param unknownFields all other fields
   */
  public UnknownMessage {
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(timestamp, "timestamp");
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  /** Null: this version of the SDK does not know it. */
  @Override
  public @Nullable MessageKind kind() {
    return null;
  }

  /** Without characters that could move, hide or cut off text in a log. */
  @Override
  public String toString() {
    return MessageText.of(this, "topicLevel=" + topicLevel + ", ", "");
  }
}
