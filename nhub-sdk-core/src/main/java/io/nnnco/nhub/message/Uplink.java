package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
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
  private static final String READINGS = "readings";

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
    return Optional.ofNullable(first(channelId));
  }

  /**
   * The number on one channel, for computing: that of {@link #reading}{@code (channelId)}, in the
   * unit the platform sent with it, which {@link Reading#unit()} tells.
   *
   * <pre>{@code
   * uplink.number("temperature").ifPresent(celsius -> store(uplink.deviceId(), celsius));
   * }</pre>
   *
   * @param channelId such as {@code temperature}; case matters
   * @return the nearest {@code double}, or empty if the message has no such channel, or its value
   *     is not a number that a {@code double} can hold; a text such as {@code "22.5"} is none
   */
  public OptionalDouble number(String channelId) {
    Reading reading = first(channelId);
    return reading == null ? OptionalDouble.empty() : reading.number();
  }

  /**
   * The text on one channel.
   *
   * @param channelId such as {@code door}; case matters
   * @return the text, or empty if the message has no such channel, or its value is not a text
   */
  public Optional<String> text(String channelId) {
    Reading reading = first(channelId);
    return reading == null ? Optional.empty() : reading.text();
  }

  /**
   * The true or false on one channel.
   *
   * @param channelId such as {@code tamper}; case matters
   * @return which, or empty if the message has no such channel, or its value is neither; numbers
   *     such as 0 and 1 are not
   */
  public Optional<Boolean> flag(String channelId) {
    Reading reading = first(channelId);
    return reading == null ? Optional.empty() : reading.flag();
  }

  private @Nullable Reading first(String channelId) {
    Objects.requireNonNull(channelId, "channelId");
    for (Reading reading : readings) {
      if (reading.channelId().equals(channelId)) {
        return reading;
      }
    }
    return null;
  }

  @Override
  public JsonObject json() {
    List<JsonValue> all = new ArrayList<>(readings.size());
    readings.forEach(reading -> all.add(reading.json()));
    if (!all.isEmpty() && unknownFields.get(READINGS) instanceof JsonArray others) {
      all.addAll(others.values());
    }
    return JsonFields.envelope(this, source, deviceType)
        .array(READINGS, all)
        .value("network_metadata", networkMetadata == null ? null : networkMetadata.json())
        .value("location", location == null ? null : location.json())
        .text("raw_payload", payload == null ? null : payload.text())
        .with(unknownFields);
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
