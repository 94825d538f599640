package io.nnnco.nhub.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import java.time.Instant;
import java.util.Optional;

/** A delivery without a connection; each character of the body is a byte of the payload. */
public record TestDelivery(String topic, String body) implements Delivery {
  public static final Instant ARRIVAL = Instant.parse("2026-03-17T00:00:00.123456789Z");

  /** What a device sends on the topics of that level. */
  public static TestDelivery of(String device, String level) {
    String json = "{\"device_id\":\"" + device + "\",\"timestamp_ms\":1}";
    return new TestDelivery("v4/groups/nnn.acme.master/" + device + "/" + level, json);
  }

  public DeviceMessage message() {
    DeviceTopic parsed = DeviceTopic.parse(topic).orElseThrow();
    return new MessageDecoder().decode(parsed, payload(), 0, body.length());
  }

  @Override
  public byte[] payload() {
    return body.getBytes(ISO_8859_1);
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
    return ARRIVAL;
  }

  @Override
  public Qos qos() {
    return Qos.AT_LEAST_ONCE;
  }

  @Override
  public boolean redelivered() {
    return false;
  }

  @Override
  public String deduplicationKey() {
    return topic + "/key";
  }
}
