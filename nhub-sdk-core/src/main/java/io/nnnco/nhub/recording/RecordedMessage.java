package io.nnnco.nhub.recording;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceTopic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message of a {@linkplain Recording recording}: the bytes that the bridge sent, and how they
 * arrived. Immutable.
 */
public final class RecordedMessage {
  private final Instant arrivedAt;
  private final String topic;
  private final byte[] payload;
  private final int qos;
  private final boolean redelivered;
  private final List<Map.Entry<String, String>> userProperties;

  /**
   * A message as it arrived.
   *
   * @param arrivedAt when; kept to the millisecond
   * @param topic the topic
   * @param payload the bytes; copied
   * @param qos the quality of service, 0 or 1
   * @param redelivered whether it was known to have been delivered before
   * @param userProperties the MQTT 5 user properties, names and values, in the order sent
   */
  public RecordedMessage(
      Instant arrivedAt,
      String topic,
      byte[] payload,
      int qos,
      boolean redelivered,
      List<Map.Entry<String, String>> userProperties) {
    this.arrivedAt = arrivedAt.truncatedTo(ChronoUnit.MILLIS);
    this.topic = Objects.requireNonNull(topic, "topic");
    this.payload = payload.clone();
    this.qos = qos;
    this.redelivered = redelivered;
    this.userProperties = List.copyOf(userProperties);
  }

  /**
   * When it arrived, by the clock of the machine that recorded it.
   *
   * @return the time, to the millisecond
   */
  public Instant arrivedAt() {
    return arrivedAt;
  }

  /**
   * The topic.
   *
   * @return such as {@code v4/groups/nnn.acme.master/ABC123/uplinks}
   */
  public String topic() {
    return topic;
  }

  /**
   * The device id in the topic.
   *
   * @return the device id, or the whole topic if it does not have the documented form
   */
  public String deviceId() {
    return DeviceTopic.parse(topic).map(DeviceTopic::deviceId).orElse(topic);
  }

  /**
   * The message's bytes, as received.
   *
   * @return a copy
   */
  public byte[] payload() {
    return payload.clone();
  }

  /** The bytes themselves, for reading only. */
  byte[] sharedPayload() {
    return payload;
  }

  /**
   * The quality of service with which it was sent.
   *
   * @return 0 or 1
   */
  public int qos() {
    return qos;
  }

  /**
   * Whether it was known to have been delivered before.
   *
   * @return false where nothing is known
   */
  public boolean redelivered() {
    return redelivered;
  }

  /**
   * The MQTT 5 user properties that came with it.
   *
   * @return names and values in the order sent; unmodifiable
   */
  public List<Map.Entry<String, String>> userProperties() {
    return userProperties;
  }

  /** Without the payload, which is the user's data. */
  @Override
  public String toString() {
    return "RecordedMessage["
        + arrivedAt
        + ", "
        + ForeignText.shown(topic)
        + ", "
        + payload.length
        + " bytes]";
  }
}
