package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.DeduplicationKey;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.recording.RecordedMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a message arrived when it was recorded. */
final class RecordedDelivery implements Delivery {
  private final RecordedMessage message;

  RecordedDelivery(RecordedMessage message) {
    this.message = message;
  }

  @Override
  public String topic() {
    return message.topic();
  }

  @Override
  public Optional<Enterprise> enterprise() {
    return DeviceTopic.parse(topic()).map(DeviceTopic::enterprise);
  }

  @Override
  public String deviceId() {
    return message.deviceId();
  }

  @Override
  public Instant arrivedAt() {
    return message.arrivedAt();
  }

  @Override
  public Qos qos() {
    return message.qos() == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
  }

  @Override
  public boolean redelivered() {
    return message.redelivered();
  }

  @Override
  public byte[] payload() {
    return message.payload();
  }

  @Override
  public String deduplicationKey() {
    return DeduplicationKey.of(topic(), payload());
  }

  @Override
  public List<UserProperty> userProperties() {
    return message.userProperties().stream()
        .map(each -> new UserProperty(each.getKey(), each.getValue()))
        .toList();
  }

  @Override
  public RecordedMessage recorded() {
    return message;
  }

  /** Without the payload, which is the user's data. */
  @Override
  public String toString() {
    return "Delivery[" + message + "]";
  }
}
