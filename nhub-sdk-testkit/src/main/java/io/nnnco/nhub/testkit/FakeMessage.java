package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.bridge.broker.Texts;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import io.nnnco.nhub.testkit.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A device message to publish, as the platform writes it:
 *
 * <pre>{@code
 * fake.publish(FakeMessage.uplink("ABC123")
 *     .reading("temperature", 22.5, "\u00b0C")
 *     .radio(-95, 7.5, "GW001"));
 * }</pre>
 *
 * <p>The fake writes the text itself, without the SDK's codec. Fields that are not set are absent.
 * Immutable: each method returns a changed copy, so one message can be the basis of many.
 */
public final class FakeMessage {
  private final String deviceId;
  private final MessageKind kind;
  private final @Nullable String enterprise;
  private final Map<String, @Nullable Object> fields;
  private final List<Message.Property> userProperties;

  private FakeMessage(
      String deviceId,
      MessageKind kind,
      @Nullable String enterprise,
      Map<String, @Nullable Object> fields,
      List<Message.Property> userProperties) {
    this.deviceId = deviceId;
    this.kind = kind;
    this.enterprise = enterprise;
    this.fields = fields;
    this.userProperties = userProperties;
  }

  /**
   * Creates an uplink, with the source {@code dl-mqtt}.
   *
   * @param deviceId the device; a topic level, so without {@code /}, {@code +} and {@code #}
   * @return the message
   * @throws IllegalArgumentException if the id cannot be a topic level
   */
  public static FakeMessage uplink(String deviceId) {
    return of(MessageKind.UPLINK, deviceId).field("source", "dl-mqtt");
  }

  /**
   * Creates the confirmation of a downlink.
   *
   * @param deviceId the device
   * @return the message
   * @throws IllegalArgumentException if the id cannot be a topic level
   */
  public static FakeMessage downlink(String deviceId) {
    return of(MessageKind.DOWNLINK, deviceId);
  }

  /**
   * Creates the join of a device to its network.
   *
   * @param deviceId the device
   * @return the message
   * @throws IllegalArgumentException if the id cannot be a topic level
   */
  public static FakeMessage join(String deviceId) {
    return of(MessageKind.JOIN, deviceId);
  }

  /**
   * Creates a message of any kind, with its device, time and type alone.
   *
   * @param kind the kind, which determines the topic and the {@code message_type}
   * @param deviceId the device
   * @return the message
   * @throws IllegalArgumentException if the id cannot be a topic level
   */
  public static FakeMessage of(MessageKind kind, String deviceId) {
    if (deviceId.indexOf('/') >= 0 || !TopicFilter.isTopic(deviceId)) {
      throw new IllegalArgumentException("Not a level of a topic: \"" + deviceId + "\".");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("device_id", deviceId);
    fields.put("timestamp_ms", null);
    fields.put("message_type", kind.messageType());
    return new FakeMessage(deviceId, kind, null, fields, List.of());
  }

  /**
   * Sets an enterprise other than the fake's first.
   *
   * @param code such as {@code nnn.acme}
   * @return the changed copy
   */
  public FakeMessage enterprise(String code) {
    return new FakeMessage(deviceId, kind, Enterprise.of(code).code(), fields, userProperties);
  }

  /**
   * Sets when the device sent it; by default, the time of its publication.
   *
   * @param timestamp the time, kept to the millisecond
   * @return the changed copy
   */
  public FakeMessage at(Instant timestamp) {
    return field("timestamp_ms", timestamp.toEpochMilli());
  }

  /**
   * Sets the type of the device.
   *
   * @param type such as {@code nsen-v2}
   * @return the changed copy
   */
  public FakeMessage deviceType(String type) {
    return field("device_type", type);
  }

  /**
   * Adds a reading.
   *
   * @param channelId such as {@code temperature}
   * @param value a number, string, boolean, null, or a map or list of these
   * @param unit such as {@code %}; null for a reading without one
   * @return the changed copy
   */
  public FakeMessage reading(String channelId, @Nullable Object value, @Nullable String unit) {
    List<@Nullable Object> readings = new ArrayList<>();
    if (fields.get("readings") instanceof List<?> before) {
      readings.addAll(before);
    }
    Map<String, @Nullable Object> reading = new LinkedHashMap<>();
    reading.put("channel_id", Objects.requireNonNull(channelId, "channelId"));
    reading.put("value", value);
    if (unit != null) {
      reading.put("unit", unit);
    }
    readings.add(reading);
    return field("readings", readings);
  }

  /**
   * Sets how it was received.
   *
   * @param rssi the signal strength in dBm
   * @param snr the signal-to-noise ratio in dB
   * @param gatewayId the gateway
   * @return the changed copy
   */
  public FakeMessage radio(int rssi, double snr, String gatewayId) {
    Map<String, @Nullable Object> radio = new LinkedHashMap<>();
    radio.put("rssi", rssi);
    radio.put("snr", snr);
    radio.put("gateway_id", gatewayId);
    return field("network_metadata", radio);
  }

  /**
   * Sets where the device is.
   *
   * @param latitude in degrees, north positive
   * @param longitude in degrees, east positive
   * @return the changed copy
   */
  public FakeMessage location(double latitude, double longitude) {
    Map<String, @Nullable Object> location = new LinkedHashMap<>();
    location.put("latitude", latitude);
    location.put("longitude", longitude);
    return field("location", location);
  }

  /**
   * Sets the device's own bytes.
   *
   * @param bytes the bytes; written as hexadecimal digits after {@code 0x}
   * @return the changed copy
   */
  public FakeMessage rawPayload(byte[] bytes) {
    return field("raw_payload", "0x" + HexFormat.of().withUpperCase().formatHex(bytes));
  }

  /**
   * Sets any field, documented or not, replacing an earlier one of this name.
   *
   * @param name the name in the JSON object
   * @param value a number, string, boolean, null, or a map or list of these
   * @return the changed copy
   */
  public FakeMessage field(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    changed.put(Objects.requireNonNull(name, "name"), value);
    return new FakeMessage(deviceId, kind, enterprise, changed, userProperties);
  }

  /**
   * Removes a field.
   *
   * @param name the name in the JSON object
   * @return the changed copy
   */
  public FakeMessage without(String name) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    changed.remove(name);
    return new FakeMessage(deviceId, kind, enterprise, changed, userProperties);
  }

  /**
   * Adds an MQTT 5 user property, such as the {@code traceparent} of a trace context; also one of a
   * name that it has already. Subscribers with MQTT 3.1.1 do not get it. The platform documents
   * none, so by default there are none.
   *
   * @param name the name
   * @param value the value
   * @return the changed copy
   * @throws IllegalArgumentException if MQTT cannot send one of the texts: it contains U+0000 or an
   *     unpaired surrogate, or takes more than 65,535 bytes
   */
  public FakeMessage userProperty(String name, String value) {
    if (!Texts.isSendable(name) || !Texts.isSendable(value)) {
      throw new IllegalArgumentException("MQTT cannot send the user property \"" + name + "\".");
    }
    List<Message.Property> more = new ArrayList<>(userProperties);
    more.add(Message.Property.user(name, value));
    return new FakeMessage(deviceId, kind, enterprise, fields, List.copyOf(more));
  }

  /**
   * Returns the device.
   *
   * @return its id
   */
  public String deviceId() {
    return deviceId;
  }

  /**
   * Returns the fields of the JSON object.
   *
   * @return the fields in order; unmodifiable. A {@code timestamp_ms} of null is set at publication
   */
  public Map<String, @Nullable Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** What the bridge publishes. */
  Message published(String defaultEnterprise, Instant now) {
    return new Message(topic(defaultEnterprise), payload(now), 1, userProperties);
  }

  /** The topic; the message may not name its enterprise. */
  String topic(String defaultEnterprise) {
    String code = enterprise == null ? defaultEnterprise : enterprise;
    return Enterprise.of(code).topicPrefix() + deviceId + "/" + kind.topicLevel();
  }

  byte[] payload(Instant now) {
    boolean undated = fields.containsKey("timestamp_ms") && fields.get("timestamp_ms") == null;
    return JsonWriter.of((undated ? at(now) : this).fields).getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON. */
  @Override
  public String toString() {
    return kind.topicLevel() + " " + JsonWriter.of(fields);
  }
}
