package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An application message as it was published. The payload is not copied, and not to be changed. */
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

  /**
   * A message of a client.
   *
   * @param retain whether it is kept for later subscribers
   * @param properties the MQTT 5 properties that are handed on as they are
   * @param expiresAt when it is no longer worth sending, or null
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
    int size() {
      int length =
          value instanceof byte[] bytes ? bytes.length : 3 * String.valueOf(value).length();
      return 5 + length;
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

  /** How long it is still worth sending, rounded up to seconds; null for ever. */
  public @Nullable Duration timeLeft(Instant now) {
    return expiresAt == null
        ? null
        : Duration.ofSeconds(Duration.between(now, expiresAt).plusMillis(999).toSeconds());
  }

  /** The most bytes its properties can take. */
  int propertiesSize() {
    return properties.stream().mapToInt(Property::size).sum();
  }

  boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
