package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Data that a device sent. Only the device and the time are always there; the platform may leave
 * out everything else, or send it as null, which means the same.
 *
 * <p>Immutable. The decoder creates it; see {@link DeviceMessage} about its constructor.
 *
 * @param deviceId the device, never empty
 * @param timestamp when, to the millisecond
 * @param messageType the message's own type, {@code uplink}; or null
 * @param source the part of the platform that it came through, such as {@code dl-mqtt}; or null
 * @param deviceType the type of device, such as {@code nsen-v2}; or null
 * @param readings the measured values, in the order sent; unmodifiable, empty if there are none
 * @param networkMetadata how the radio network received it, or null
 * @param location where the device is, or null if not known
 * @param payload the bytes that the device sent, or null
 * @param unknownFields the fields that this version does not know, and those of a type other than
 *     documented, in the order sent; then the parts of {@code readings} and {@code location} that
 *     are neither a reading nor a location; unmodifiable
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
   * Checks the required components and copies the collections.
   *
   * @param deviceId the device
   * @param timestamp when
   * @param messageType the message's own type, or null
   * @param source the part of the platform that it came through, or null
   * @param deviceType the type of device, or null
   * @param readings the measured values
   * @param networkMetadata how the radio network received it, or null
   * @param location where the device is, or null
   * @param payload the bytes that the device sent, or null
   * @param unknownFields the fields that this version does not know
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
  public MessageKind kind() {
    return MessageKind.UPLINK;
  }

  @Override
  public JsonObject json() {
    List<JsonValue> all = new ArrayList<>(readings.size());
    readings.forEach(reading -> all.add(reading.json()));
    if (!all.isEmpty() && unknownFields.get(READINGS) instanceof JsonArray others) {
      all.addAll(others.values());
    }
    return JsonFields.envelope(this)
        .array(READINGS, all)
        .value("network_metadata", networkMetadata == null ? null : networkMetadata.json())
        .value("location", location == null ? null : location.json())
        .text("raw_payload", payload == null ? null : payload.text())
        .with(unknownFields);
  }

  /** Without characters that could move, hide or cut off text in a log. */
  @Override
  public String toString() {
    return MessageText.of(
        this,
        "",
        "readings="
            + readings
            + ", networkMetadata="
            + networkMetadata
            + ", location="
            + location
            + ", payload="
            + payload
            + ", ");
  }
}
