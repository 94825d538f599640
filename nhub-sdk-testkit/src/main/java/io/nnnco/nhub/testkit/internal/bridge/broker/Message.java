package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application message as it was published. The payload is not copied, and must not be changed.
 */
public final class Message {
  private final String topic;
  private final byte[] payload;
  private final int qos;
  private final boolean retain;
  private final List<Property> properties;
  private final @Nullable Instant expiresAt;

  /** A message of the platform: without properties, not retained. */
  public Message(String topic, byte[] payload, int qos) {
    this(topic, payload, qos, false, List.of(), null);
  }

  /** A message of the platform with user properties, not retained. */
  public Message(String topic, byte[] payload, int qos, List<Property> userProperties) {
    this(topic, payload, qos, false, userProperties, null);
  }

  /**
   * A message from a client.
   *
   * @param retain whether it is kept for later subscribers
   * @param properties the MQTT 5 properties that are passed on unchanged
   * @param expiresAt when it should no longer be sent, or null
   */
  public Message(
      String topic,
      byte[] payload,
      int qos,
      boolean retain,
      List<Property> properties,
      @Nullable Instant expiresAt) {
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
    this.retain = retain;
    this.properties = List.copyOf(properties);
    this.expiresAt = expiresAt;
  }

  /**
   * An MQTT 5 property.
   *
   * @param id its identifier
   * @param value an Integer, a String, a byte[], or a Map.Entry of two strings for a user property
   */
  public record Property(int id, Object value) {
    private static final int USER_PROPERTY = 0x26;

    /** A user property. */
    public static Property user(String name, String value) {
      return new Property(USER_PROPERTY, Map.entry(name, value));
    }

    /** The identifier is one byte; the only Integer that is passed on, a flag, is another. */
    int size() {
      if (value instanceof byte[] bytes) {
        return 1 + Short.BYTES + bytes.length;
      } else if (value instanceof Map.Entry<?, ?> pair) {
        return 1 + Sizes.ofText(pair.getKey()) + Sizes.ofText(pair.getValue());
      }
      return 1 + (value instanceof Integer ? Byte.BYTES : Sizes.ofText(value));
    }
  }

  public String topic() {
    return topic;
  }

  public byte[] payload() {
    return payload;
  }

  public int qos() {
    return qos;
  }

  public boolean retain() {
    return retain;
  }

  public List<Property> properties() {
    return properties;
  }

  /** How much longer it should be sent, rounded up to seconds; null for ever. */
  public @Nullable Duration timeLeft(Instant now) {
    return expiresAt == null
        ? null
        : Duration.ofSeconds(Duration.between(now, expiresAt).plusMillis(999).toSeconds());
  }

  /** How many bytes its properties take. */
  int propertiesSize() {
    int expiry = expiresAt == null ? 0 : 1 + Integer.BYTES;
    return expiry + properties.stream().mapToInt(Property::size).sum();
  }

  boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
