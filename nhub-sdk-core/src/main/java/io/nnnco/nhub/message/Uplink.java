package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data that a device sent (rule M13). Only the device and the time are certain to be there; the
 * platform may leave out, or send as null, everything else, and the two mean the same.
 *
 * <p>Immutable. Made by the decoder; see {@link DeviceMessage} about its constructor.
 *
 * @param deviceId the device, never empty
 * @param timestamp when, to the millisecond
 * @param messageType what the message calls itself, {@code uplink}; or null
 * @param source the part of the platform it came through, such as {@code dl-mqtt}; or null
 * @param deviceType the kind of device, such as {@code nsen-v2}; or null
 * @param readings what was measured, in the order sent; unmodifiable, empty if there is none
 * @param networkMetadata how the radio network received it, or null
 * @param location where the device is, or null if not known
 * @param payload the bytes the device sent, or null
 * @param unknownFields the fields this version does not know, and those of another type than
 *     documented, in the order sent; then what of {@code readings} and {@code location} is neither
 *     a reading nor a location; unmodifiable
 */
public record Uplink(
    String deviceId,
    Instant timestamp,
    @Nullable String messageType,
    @Nullable String source,
    @Nullable String deviceType,
    List<Reading> readings,
    @Nullable NetworkMetadata networkMetadata,
    @Nullable Location location,
    @Nullable Payload payload,
    Map<String, JsonValue> unknownFields)
    implements DeviceMessage {

  /**
   * Checks what must be there and takes copies of the collections.
   *
   * @param deviceId the device
   * @param timestamp when
   * @param messageType what the message calls itself, or null
   * @param source the part of the platform it came through, or null
   * @param deviceType the kind of device, or null
   * @param readings what was measured
   * @param networkMetadata how the radio network received it, or null
   * @param location where the device is, or null
   * @param payload the bytes the device sent, or null
   * @param unknownFields the fields this version does not know
   */
  public Uplink {
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(timestamp, "timestamp");
    readings = List.copyOf(readings);
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  /**
   * The reading of one channel.
   *
   * @param channelId such as {@code temperature}; case matters
   * @return the first reading of that channel, or empty if the message has none
   */
  public Optional<Reading> reading(String channelId) {
    Objects.requireNonNull(channelId, "channelId");
    for (Reading reading : readings) {
      if (reading.channelId().equals(channelId)) {
        return Optional.of(reading);
      }
    }
    return Optional.empty();
  }

  /** Without characters that could move, hide or end what a log shows. */
  @Override
  public String toString() {
    return ForeignText.printable(
        "Uplink[deviceId="
            + deviceId
            + ", timestamp="
            + timestamp
            + ", messageType="
            + messageType
            + ", source="
            + source
            + ", deviceType="
            + deviceType
            + ", readings="
            + readings
            + ", networkMetadata="
            + networkMetadata
            + ", location="
            + location
            + ", payload="
            + payload
            + ", unknownFields="
            + unknownFields
            + "]");
  }
}
