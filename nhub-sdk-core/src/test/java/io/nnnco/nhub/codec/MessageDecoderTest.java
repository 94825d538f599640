package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Payload;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decoder makes of payloads that it can read. */
class MessageDecoderTest {
  private static final Instant TIME = Instant.parse("2024-03-13T03:20:00Z");
  private final MessageDecoder decoder = new MessageDecoder();

  @Test
  void decode_documentedExample_givesEveryField() {
    Uplink expected =
        new Uplink(
            "ABC123",
            TIME,
            "uplink",
            "dl-mqtt",
            "nsen-v2",
            List.of(
                new Reading("temperature", number("22.5"), "°C"),
                new Reading("humidity", number("65"), "%")),
            new NetworkMetadata(-95.0, 7.5, "GW001", Map.of()),
            new Location(-33.8688, 151.2093),
            Payload.of("0x1A2B3C..."),
            Map.of());
    assertEquals(expected, uplink("valid/documented-uplink.json"));
  }

  @Test
  void decode_envelopeOnly_leavesTheRestEmpty() {
    Uplink expected =
        new Uplink("ABC123", TIME, null, null, null, List.of(), null, null, null, Map.of());
    assertEquals(expected, uplink("valid/envelope-only.json"));
  }

  @Test
  void decode_valueOfAnyType_keepsItAsSent() {
    Uplink uplink = uplink("valid/value-types.json");
    assertEquals(number("22.50"), value(uplink, "exact"));
    assertEquals(number("65"), value(uplink, "whole"));
    assertEquals(number("123456789012345678901234567890.123456789"), value(uplink, "big"));
    assertEquals(number("1E-30"), value(uplink, "tiny"));
    assertEquals(new JsonString("open"), value(uplink, "text"));
    assertEquals(new JsonBoolean(true), value(uplink, "flag"));
    assertEquals(new JsonNull(), value(uplink, "null"));
    assertEquals(new JsonNull(), value(uplink, "absent"));
    assertEquals("{\"x\":1,\"y\":[2,3]}", value(uplink, "structured").toString());
  }

  @Test
  void decode_unknownFields_keepsThemAtEachLevelInOrder() {
    Uplink uplink = uplink("valid/unknown-fields.json");
    assertEquals(List.of("zeta", "alpha", "nested"), List.copyOf(uplink.unknownFields().keySet()));
    assertEquals(new JsonNull(), uplink.unknownFields().get("alpha"));
    assertEquals(
        "{b=[true,false,null,\"x\",1.0E+3,{\"deep\":[]}], a={}}",
        assertInstanceOf(JsonObject.class, uplink.unknownFields().get("nested"))
            .fields()
            .toString());
    assertEquals(
        "{quality=\"good\", at=[1,2]}", uplink.readings().get(0).unknownFields().toString());
    NetworkMetadata network = uplink.networkMetadata();
    assertTrue(network != null && network.unknownFields().containsKey("gateways"), "gateways");
    Location location = uplink.location();
    assertTrue(location != null, "location");
    assertEquals(Map.of("altitude", number("12.50")), location.unknownFields());
    assertThrows(UnsupportedOperationException.class, () -> uplink.unknownFields().clear());
  }

  @Test
  void decode_textBeyondAscii_isUnescaped() {
    Uplink uplink = uplink("valid/unicode.json");
    assertEquals("Büro ☃ 🌡", uplink.deviceId());
    Reading reading = uplink.reading("température").orElseThrow();
    assertEquals("🌡 \"quoted\" A\n", reading.text().orElseThrow());
    assertEquals("°C", reading.unit());
    assertEquals(new JsonString("日本"), uplink.unknownFields().get("über"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"latitude\":null,\"longitude\":null}', '{}'",
    "'{}', '{}'",
    "'{\"longitude\":151.2}', '{location={\"longitude\":151.2}}'",
    "'{\"latitude\":-33.5,\"longitude\":null,\"name\":\"roof\"}',"
        + " '{location={\"latitude\":-33.5,\"name\":\"roof\"}}'"
  })
  void decode_locationWithoutBothCoordinates_isUnknownAndKept(String location, String kept) {
    String json = "{\"device_id\":\"A\",\"timestamp_ms\":1,\"location\":" + location + "}";
    Uplink uplink = assertInstanceOf(Uplink.class, decode(MessageKind.UPLINK, json));
    assertNull(uplink.location());
    assertEquals(kept, uplink.unknownFields().toString());
  }

  @ParameterizedTest
  @CsvSource({"1710300000000.0", "1.7103e12", "17103E8", "1710300000000000e-3"})
  void decode_wholeTimestampWrittenOtherwise_isRead(String timestamp) {
    String json = "{\"device_id\":\"A\",\"timestamp_ms\":" + timestamp + "}";
    assertEquals(TIME, decode(null, json).timestamp());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void decode_timestampAnywhereIn64Bits_isRead(long timestamp) {
    String json = "{\"device_id\":\"A\",\"timestamp_ms\":" + timestamp + "}";
    assertEquals(Instant.ofEpochMilli(timestamp), decode(null, json).timestamp());
  }

  @Test
  void decode_downlinkTopic_keepsWhatIsNotTheEnvelope() {
    Downlink downlink =
        assertInstanceOf(Downlink.class, decodeOn("downlinks", "valid/downlink.json"));
    assertEquals("downlink", downlink.messageType());
    assertEquals("dl-mqtt", downlink.source());
    assertEquals(
        "{status=\"sent\", f_port=10, readings=[{\"kept\":\"as sent\"}]}",
        downlink.unknownFields().toString());
  }

  @Test
  void decode_joinTopic_keepsWhatIsNotTheEnvelope() {
    Join join = assertInstanceOf(Join.class, decodeOn("joins", "valid/join.json"));
    assertEquals("nsen-v2", join.deviceType());
    assertEquals("{dev_addr=\"26011BDA\", location=null}", join.unknownFields().toString());
  }

  @Test
  void decode_topicOfUnknownKind_isUnknownMessageWithItsLevel() {
    UnknownMessage message =
        assertInstanceOf(UnknownMessage.class, decodeOn("alarms", "valid/alarm.json"));
    assertEquals("alarms", message.topicLevel());
    assertEquals("alarm", message.messageType());
    assertEquals(Map.of("severity", number("3")), message.unknownFields());
  }

  @Test
  void decode_topicAndMessageTypeDisagree_topicDecides() {
    assertInstanceOf(Join.class, decodeOn("joins", "valid/documented-uplink.json"));
    assertInstanceOf(UnknownMessage.class, decodeOn("alarms", "valid/documented-uplink.json"));
    assertInstanceOf(Uplink.class, decodeOn("uplinks", "valid/join.json"));
  }

  @Test
  void decode_withoutTopic_messageTypeDecidesWhereverItStands() {
    assertInstanceOf(Uplink.class, decoder.decode(GoldenFiles.read("valid/value-types.json")));
    assertInstanceOf(Downlink.class, decoder.decode(GoldenFiles.read("valid/downlink.json")));
    assertInstanceOf(Join.class, decoder.decode(GoldenFiles.read("valid/join.json")));
    String last =
        "{\"device_id\":\"A\",\"readings\":[{\"channel_id\":\"t\",\"message_type\":\"join\"}],"
            + "\"timestamp_ms\":1,\"message_type\":\"uplink\"}";
    assertEquals(1, assertInstanceOf(Uplink.class, decode(null, last)).readings().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"message_type\":null", ",\"message_type\":\"alarm\""})
  void decode_withoutTopicAndKnownType_isUnknownMessage(String type) {
    String json = "{\"device_id\":\"A\",\"timestamp_ms\":1" + type + ",\"readings\":[]}";
    UnknownMessage message = assertInstanceOf(UnknownMessage.class, decode(null, json));
    assertNull(message.topicLevel());
    assertEquals("{readings=[]}", message.unknownFields().toString());
  }

  @Test
  void decode_sliceOfLargerArray_readsTheSliceAlone() {
    byte[] json = GoldenFiles.read("valid/documented-uplink.json");
    byte[] larger = new byte[json.length + 200];
    Arrays.fill(larger, (byte) '}');
    System.arraycopy(json, 0, larger, 100, json.length);
    assertEquals(
        decoder.decode(json), decoder.decode(MessageKind.UPLINK, larger, 100, json.length));
  }

  @Test
  void decode_errorInSlice_countsItsOffsetFromTheSlice() {
    byte[] json = "##########{\"device_id\":5}##########".getBytes(UTF_8);
    MalformedMessageException error =
        assertThrows(
            MalformedMessageException.class, () -> decoder.decode(MessageKind.JOIN, json, 10, 15));
    assertEquals(13, error.offset());
  }

  @ParameterizedTest
  @EnumSource
  void decode_ofEachKind_isAMessageOfThatKind(MessageKind kind) {
    String json = "{\"device_id\":\"A\",\"timestamp_ms\":1";
    assertEquals(kind, decode(kind, json + "}").kind());
    String typed = json + ",\"message_type\":\"" + kind.messageType() + "\"}";
    assertEquals(kind, decode(null, typed).kind());
  }

  @Test
  void decode_ofAKindThatIsNotKnown_isAMessageWithoutAKind() {
    assertNull(decodeOn("alarms", "valid/join.json").kind());
  }

  @Test
  void decode_sliceOutsideTheArray_isMisuse() {
    assertThrows(
        IndexOutOfBoundsException.class, () -> decoder.decode(MessageKind.JOIN, new byte[4], 2, 3));
  }

  @Test
  void decode_sameChannelTwice_keepsBothAndFindsTheFirst() {
    String json =
        "{\"device_id\":\"A\",\"timestamp_ms\":1,\"readings\":"
            + "[{\"channel_id\":\"t\",\"value\":1},{\"channel_id\":\"t\",\"value\":2}]}";
    Uplink uplink = assertInstanceOf(Uplink.class, decode(MessageKind.UPLINK, json));
    assertEquals(2, uplink.readings().size());
    assertEquals(1, uplink.reading("t").orElseThrow().number().orElseThrow());
    assertTrue(uplink.reading("T").isEmpty());
  }

  private Uplink uplink(String file) {
    return assertInstanceOf(Uplink.class, decodeOn("uplinks", file));
  }

  private DeviceMessage decodeOn(String level, String file) {
    byte[] json = GoldenFiles.read(file);
    DeviceTopic topic =
        DeviceTopic.parse("v4/groups/nnn.acme.master/ABC123/" + level).orElseThrow();
    return decoder.decode(topic, json, 0, json.length);
  }

  private DeviceMessage decode(@Nullable MessageKind kind, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return decoder.decode(kind, bytes, 0, bytes.length);
  }

  private static JsonValue value(Uplink uplink, String channel) {
    return uplink.reading(channel).orElseThrow().value();
  }

  private static JsonNumber number(String digits) {
    return new JsonNumber(new BigDecimal(digits));
  }
}
