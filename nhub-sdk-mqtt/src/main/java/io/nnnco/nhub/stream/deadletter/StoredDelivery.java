package io.nnnco.nhub.stream.deadletter;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.UserProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a message arrived that has been in a dead-letter file since. */
final class StoredDelivery implements Delivery {
  private final String topic;
  private final Instant arrivedAt;
  private final Qos qos;
  private final String deduplicationKey;
  private final List<UserProperty> userProperties;
  private final byte[] payload;

  StoredDelivery(
      String topic,
      Instant arrivedAt,
      Qos qos,
      String deduplicationKey,
      List<UserProperty> userProperties,
      byte[] payload) {
    this.topic = topic;
    this.arrivedAt = arrivedAt;
    this.qos = qos;
    this.deduplicationKey = deduplicationKey;
    this.userProperties = userProperties;
    this.payload = payload;
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public Optional<Enterprise> enterprise() {
    return DeviceTopic.parse(topic).map(DeviceTopic::enterprise);
  }

  @Override
  public String deviceId() {
    return DeviceTopic.parse(topic).map(DeviceTopic::deviceId).orElse(topic);
  }

  @Override
  public Instant arrivedAt() {
    return arrivedAt;
  }

  @Override
  public Qos qos() {
    return qos;
  }

  /** It has been handled before, without success. */
  @Override
  public boolean redelivered() {
    return true;
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  /** That of the message as received, before it was redacted. */
  @Override
  public String deduplicationKey() {
    return deduplicationKey;
  }

  @Override
  public List<UserProperty> userProperties() {
    return userProperties;
  }

  /** Without the payload, which is the user's data. */
  @Override
  public String toString() {
    return "Delivery["
        + ForeignText.shown(topic)
        + ", "
        + payload.length
        + " bytes, "
        + qos
        + ", from a file]";
  }
}
