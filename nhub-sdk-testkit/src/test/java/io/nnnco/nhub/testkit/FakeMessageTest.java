package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FakeMessageTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_710_300_000_000L);

  private static String text(FakeMessage message) {
    return new String(message.payload(NOW), StandardCharsets.UTF_8);
  }

  @Test
  @Tag("M13")
  void uplink_withEveryField_isTheDocumentedExample() {
    FakeMessage uplink =
        FakeMessage.uplink("ABC123")
            .at(NOW)
            .deviceType("nsen-v2")
            .reading("temperature", 22.5, "\u00b0C")
            .reading("humidity", 65, "%")
            .radio(-95, 7.5, "GW001")
            .location(-33.8688, 151.2093)
            .rawPayload(new byte[] {0x1A, 0x2B, 0x3C});

    assertEquals(
        "{\"device_id\": \"ABC123\", \"timestamp_ms\": 1710300000000, \"message_type\": \"uplink\","
            + " \"source\": \"dl-mqtt\", \"device_type\": \"nsen-v2\", \"readings\":"
            + " [{\"channel_id\": \"temperature\", \"value\": 22.5, \"unit\": \"\\u00b0C\"},"
            + " {\"channel_id\": \"humidity\", \"value\": 65, \"unit\": \"%\"}],"
            + " \"network_metadata\": {\"rssi\": -95, \"snr\": 7.5, \"gateway_id\": \"GW001\"},"
            + " \"location\": {\"latitude\": -33.8688, \"longitude\": 151.2093},"
            + " \"raw_payload\": \"0x1A2B3C\"}",
        text(uplink));
    assertEquals("v4/groups/nnn.acme.master/ABC123/uplinks", uplink.topic("nnn.acme"));
  }

  @Test
  @Tag("M14")
  void downlinkAndJoin_bare_haveTheEnvelopeAndTheirTopic() {
    assertEquals(
        "{\"device_id\": \"A\", \"timestamp_ms\": 1710300000000, \"message_type\": \"downlink\"}",
        text(FakeMessage.downlink("A")));
    assertEquals("v4/groups/e.master/A/downlinks", FakeMessage.downlink("A").topic("e"));
    assertEquals("v4/groups/e.master/A/joins", FakeMessage.join("A").topic("e"));
  }

  @ParameterizedTest
  @EnumSource
  void of_eachKind_hasItsTypeAndItsTopic(MessageKind kind) {
    FakeMessage message = FakeMessage.of(kind, "A");
    assertEquals(
        "{\"device_id\": \"A\", \"timestamp_ms\": 1710300000000, \"message_type\": \""
            + kind.messageType()
            + "\"}",
        text(message));
    assertEquals("v4/groups/e.master/A/" + kind.topicLevel(), message.topic("e"));
  }

  @Test
  @Tag("M11")
  void enterprise_ofItsOwn_goesBeforeTheDefault() {
    assertEquals(
        "v4/groups/nnn.beta.master/A/joins",
        FakeMessage.join("A").enterprise("nnn.beta").topic("nnn.acme"));
  }

  @Test
  void reading_ofAnyJson_isWrittenAsItIs() {
    FakeMessage message =
        FakeMessage.uplink("A")
            .without("timestamp_ms")
            .without("source")
            .without("message_type")
            .reading("a", new BigDecimal("1.10"), null)
            .reading("b", "x\"\\\n\u0000", null)
            .reading("c", null, null)
            .reading("d", Map.of("k", List.of(true, 1e100)), null);

    assertEquals(
        "{\"device_id\": \"A\", \"readings\": ["
            + "{\"channel_id\": \"a\", \"value\": 1.10}, "
            + "{\"channel_id\": \"b\", \"value\": \"x\\\"\\\\\\u000a\\u0000\"}, "
            + "{\"channel_id\": \"c\", \"value\": null}, "
            + "{\"channel_id\": \"d\", \"value\": {\"k\": [true, 1.0E+100]}}]}",
        text(message));
  }

  @Test
  void field_ofAKnownName_replacesIt() {
    assertEquals(
        "uplinks {\"device_id\": 7, \"timestamp_ms\": 1, \"message_type\": \"uplink\","
            + " \"source\": null}",
        FakeMessage.uplink("A")
            .field("device_id", 7)
            .field("timestamp_ms", 1)
            .field("source", null)
            .toString());
  }

  @Test
  void everyMethod_leavesTheOriginal() {
    FakeMessage start = FakeMessage.uplink("A").reading("a", 1, null);
    String before = start.toString();

    start.reading("b", 2, null).without("source").enterprise("x").userProperty("k", "v");

    assertEquals(before, start.toString());
    assertEquals(List.of(), start.published("nnn.acme", NOW).properties());
  }

  @Test
  @Tag("M13")
  void userProperty_isPublishedInItsOrder_andStaysWithEachChange() {
    FakeMessage message =
        FakeMessage.uplink("A")
            .userProperty("k", "1")
            .userProperty("k", "2")
            .field("x", 1)
            .without("source")
            .enterprise("nnn.beta");

    assertEquals(
        List.of(Message.Property.user("k", "1"), Message.Property.user("k", "2")),
        message.published("nnn.acme", NOW).properties());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "\ud800"})
  void userProperty_thatMqttCannotSend_isAMistake(String text) {
    FakeMessage message = FakeMessage.uplink("A");

    assertThrows(IllegalArgumentException.class, () -> message.userProperty(text, "v"));
    assertThrows(IllegalArgumentException.class, () -> message.userProperty("k", text));
    String tooLong = "é".repeat(32_768);
    assertThrows(IllegalArgumentException.class, () -> message.userProperty("k", tooLong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "+", "#", "a\u0000", "a\n/b\n"})
  void uplink_ofAnIdThatIsNoTopicLevel_isAMistake(String id) {
    assertThrows(IllegalArgumentException.class, () -> FakeMessage.uplink(id));
  }

  @Test
  void reading_thatJsonHasNot_isAMistake() {
    FakeMessage message = FakeMessage.uplink("A").reading("a", Double.NaN, null);

    assertThrows(IllegalArgumentException.class, () -> message.payload(NOW));
  }
}
