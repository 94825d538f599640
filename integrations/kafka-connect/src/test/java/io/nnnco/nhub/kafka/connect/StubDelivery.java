package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Qos;
import java.time.Instant;
import java.util.Optional;

/** A delivery without a connection, which arrived at a fixed time. */
record StubDelivery(String topic, String json) implements Delivery {
  static final Instant ARRIVAL = Instant.parse("2026-03-17T02:03:04Z");

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
    return ARRIVAL;
  }

  @Override
  public Qos qos() {
    return Qos.AT_LEAST_ONCE;
  }

  @Override
  public boolean redelivered() {
    return true;
  }

  @Override
  public byte[] payload() {
    return json.getBytes(UTF_8);
  }

  @Override
  public String deduplicationKey() {
    return topic + "/key";
  }
}
