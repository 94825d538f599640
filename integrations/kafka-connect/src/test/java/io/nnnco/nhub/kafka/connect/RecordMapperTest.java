package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.DeliveredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What a record says of its message. */
class RecordMapperTest {
  private static final String PREFIX = "v4/groups/nnn.acme.master/METER-1/";
  private static final String UPLINK =
      """
      {"device_id":"METER-1","timestamp_ms":1773713784567,"message_type":"uplink",
       "source":"lorawan","device_type":"meter","readings":[
        {"channel_id":"energy","value":12345678901234567890.5,"unit":"kWh","quality":"good"},
        {"channel_id":"state","value":"open"},{"channel_id":"alarm","value":true},
        {"channel_id":"none","value":null}],
       "network_metadata":{"rssi":-95,"snr":7.5,"gateway_id":"g","channel":3},
       "location":{"latitude":-33.9,"longitude":151.2},"raw_payload":"0x1A2B","battery":3.6}
      """;

  private final Map<String, String> properties =
      new HashMap<>(Map.of("name", "meters", Fields.ENTERPRISE, "nnn.acme"));

  private SourceRecord record(String level, String json) {
    StubDelivery delivery = new StubDelivery(PREFIX + level, json);
    ConnectorConfig config = new ConnectorConfig(properties);
    byte[] bytes = delivery.payload();
    DeviceMessage message =
        new MessageDecoder()
            .decode(DeviceTopic.parse(delivery.topic()).orElseThrow(), bytes, 0, bytes.length);
    return new RecordMapper(config, Sessions.of(config).get(0))
        .record(new DeliveredMessage(message, delivery), new Confirmation(1));
  }

  private Struct struct(String level, String json) {
    properties.put(Fields.VALUE, "struct");
    Struct struct = (Struct) record(level, json).value();
    struct.validate();
    return struct;
  }

  private static String at(Instant time) {
    return "{\"device_id\":\"METER-1\",\"timestamp_ms\":" + time.toEpochMilli() + "}";
  }

  @Test
  void record_json_hasTheBytesUnchanged() {
    SourceRecord record = record("uplinks", UPLINK);
    assertEquals("nhub.nnn.acme.uplinks", record.topic());
    assertNull(record.kafkaPartition());
    assertEquals("METER-1", record.key());
    assertEquals(Schema.STRING_SCHEMA, record.keySchema());
    assertEquals(Schema.BYTES_SCHEMA, record.valueSchema());
    assertArrayEquals(UPLINK.getBytes(UTF_8), (byte[]) record.value());
    assertEquals(1_773_713_784_567L, record.timestamp());
    assertEquals(Map.of("session", "meters"), record.sourcePartition());
  }

  @Test
  void record_headers_sayHowItArrived() {
    Map<String, Object> headers = new TreeMap<>();
    record("joins", UPLINK).headers().forEach(each -> headers.put(each.key(), each.value()));
    assertEquals(
        Map.of(
            "nhub.kind",
            "joins",
            "nhub.enterprise",
            "nnn.acme",
            "nhub.topic",
            PREFIX + "joins",
            "nhub.qos",
            1,
            "nhub.redelivered",
            true,
            "nhub.deduplication.key",
            PREFIX + "joins/key"),
        headers);
  }

  @Test
  void record_timestampThatKafkaWouldRefuse_isThatOfArrival() {
    Instant arrival = StubDelivery.ARRIVAL;
    Map<Instant, Instant> expected =
        Map.of(
            arrival.minus(Duration.ofDays(400)),
            arrival.minus(Duration.ofDays(400)),
            arrival.plus(Duration.ofMinutes(29)),
            arrival.plus(Duration.ofMinutes(29)),
            arrival.plus(Duration.ofMinutes(31)),
            arrival,
            Instant.ofEpochMilli(-1),
            arrival);
    expected.forEach(
        (time, timestamp) ->
            assertEquals(timestamp.toEpochMilli(), record("uplinks", at(time)).timestamp()));
  }

  @Test
  void record_timestampOfArrival_isThat() {
    properties.put(Fields.TIMESTAMP, "arrival");
    assertEquals(StubDelivery.ARRIVAL.toEpochMilli(), record("uplinks", UPLINK).timestamp());
  }

  @Test
  void record_kindWithCharactersThatKafkaRefuses_hasALegalTopic() {
    assertEquals("nhub.nnn.acme.al_rm_s", record("al rm$s", at(Instant.EPOCH)).topic());
    assertEquals(
        "nhub.nnn.acme." + "x".repeat(64), record("x".repeat(900), at(Instant.EPOCH)).topic());
  }

  @Test
  void record_sameMessageTwice_areTwoKeysForTheWorker() {
    assertNotEquals(record("uplinks", UPLINK), record("uplinks", UPLINK));
  }

  @Test
  void struct_uplink_hasEverything() {
    Struct uplink = struct("uplinks", UPLINK);
    assertEquals("io.nnnco.nhub.Uplink", uplink.schema().name());
    assertEquals(1, uplink.schema().version());
    assertEquals("METER-1", uplink.getString("device_id"));
    assertEquals(Date.from(Instant.ofEpochMilli(1_773_713_784_567L)), uplink.get("timestamp"));
    assertEquals("lorawan", uplink.getString("source"));
    assertEquals("0x1A2B", uplink.getString("raw_payload"));
    assertEquals(Map.of("battery", "3.6"), uplink.getMap("unknown_fields"));
    assertEquals(-95.0, uplink.getStruct("network_metadata").getFloat64("rssi"));
    assertEquals(
        Map.of("channel", "3"), uplink.getStruct("network_metadata").getMap("unknown_fields"));
    assertEquals(151.2, uplink.getStruct("location").getFloat64("longitude"));
    List<Struct> readings = uplink.getArray("readings");
    assertEquals("12345678901234567890.5", readings.get(0).getString("value"));
    assertEquals(1.2345678901234567e19, readings.get(0).getFloat64("number"));
    assertEquals("kWh", readings.get(0).getString("unit"));
    assertEquals(Map.of("quality", "\"good\""), readings.get(0).getMap("unknown_fields"));
    assertEquals("open", readings.get(1).getString("text"));
    assertEquals(true, readings.get(2).getBoolean("flag"));
    assertEquals("null", readings.get(3).getString("value"));
  }

  @Test
  void struct_eachKind_hasASchemaOfItsOwn() {
    String least = at(Instant.EPOCH);
    assertEquals("io.nnnco.nhub.Uplink", struct("uplinks", least).schema().name());
    assertEquals("io.nnnco.nhub.Downlink", struct("downlinks", least).schema().name());
    assertEquals("io.nnnco.nhub.Join", struct("joins", least).schema().name());
    Struct other = struct("alarms", least);
    assertEquals("io.nnnco.nhub.OtherMessage", other.schema().name());
    assertEquals("alarms", other.getString("kind"));
    assertNull(struct("uplinks", least).get("location"));
  }

  @Test
  void topicPattern_enterpriseTooLong_isRefused() {
    properties.put(Fields.ENTERPRISE, "nnn." + "x".repeat(200));
    assertThrows(FieldException.class, () -> record("uplinks", UPLINK));
  }

  @Test
  void record_leftFromTheFormerEnterprise_isInTheTopicOfItsOwn() {
    properties.put(Fields.ENTERPRISE, "nnn.next");
    SourceRecord record = record("uplinks", UPLINK);
    assertEquals("nhub.nnn.acme.uplinks", record.topic());
    assertEquals("nnn.acme", record.headers().lastWithName(RecordMapper.ENTERPRISE).value());
  }

  @Test
  void topic_kindThatKafkaWouldRefuse_isReplaced() {
    TopicPattern pattern = new TopicPattern("{kind}");
    assertEquals("_", pattern.topic("."));
    assertEquals("__", pattern.topic(".."));
    assertEquals("_", pattern.topic(""));
    assertEquals("a_b", pattern.topic("a b"));
  }
}
