package io.nnnco.nhub.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Qos;
import java.time.Instant;
import java.util.Optional;

/** A delivery without a connection. */
record StubDelivery(String topic, Qos qos) implements Delivery {
  static StubDelivery of(String device) {
    return new StubDelivery("v4/groups/nnn.acme.master/" + device + "/uplinks", Qos.AT_LEAST_ONCE);
  }

  StubDelivery with(Qos other) {
    return new StubDelivery(topic, other);
  }

  StubDelivery on(String other) {
    return new StubDelivery(other, qos);
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
    return Instant.EPOCH;
  }

  @Override
  public boolean redelivered() {
    return false;
  }

  @Override
  public byte[] payload() {
    return ("{\"device_id\":\"" + deviceId() + "\",\"timestamp_ms\":1}").getBytes(UTF_8);
  }

  @Override
  public String deduplicationKey() {
    return topic;
  }
}
