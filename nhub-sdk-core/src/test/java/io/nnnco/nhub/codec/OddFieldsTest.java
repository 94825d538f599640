package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is of another type than documented costs nothing but itself, and can be read as it came. */
class OddFieldsTest {
  private static final String READING = "{\"channel_id\":\"t\",\"value\":22.5}";

  static List<Arguments> expected() {
    return GoldenFiles.lines("odd/expected.tsv").stream()
        .map(line -> Arguments.of((Object[]) line.split("\t")))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expected")
  void decode_oddField_isKeptAsItCame(String file, String readings, String where, String kept) {
    byte[] json = GoldenFiles.read("odd/" + file + ".json");
    Uplink uplink = decode(new String(json, UTF_8));
    assertEquals(
        readings,
        "["
            + uplink.readings().stream().map(Reading::channelId).collect(Collectors.joining())
            + "]");
    Map<String, JsonValue> fields =
        switch (where) {
          case "uplink" -> uplink.unknownFields();
          case "network" -> network(uplink);
          default -> uplink.readings().get(2).unknownFields();
        };
    assertEquals(kept, fields.toString());
  }

  @Test
  void goldenFiles_odd_areAllExpectedSomewhere() {
    assertEquals(
        new TreeSet<>(GoldenFiles.in("odd")),
        expected().stream()
            .map(row -> "odd/" + row.get()[0] + ".json")
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"network_metadata\":\"none\"",
        "\"network_metadata\":{\"rssi\":\"-95\",\"snr\":[7],\"gateway_id\":{\"a\":1}}",
        "\"location\":[151.2,-33.8]",
        "\"location\":{\"latitude\":\"n/a\",\"longitude\":\"n/a\"}",
        "\"location\":{\"latitude\":1e400,\"longitude\":true}",
        "\"raw_payload\":26",
        "\"source\":false,\"device_type\":12,\"message_type\":[]"
      })
  void decode_oddBesideAReading_keepsTheReading(String odd) {
    Uplink uplink = decode(message(odd + ",\"readings\":[" + READING + "]"));
    assertEquals("[t=22.5]", uplink.readings().toString());
    assertNull(uplink.location());
    assertNull(uplink.payload());
  }

  @Test
  void decode_numberInQuotes_isNoNumber() {
    Uplink uplink = decode(message("\"network_metadata\":{\"rssi\":\"-95\",\"snr\":7.5,\"x\":1}"));
    assertNotNull(uplink.networkMetadata());
    assertNull(uplink.networkMetadata().rssi());
    assertEquals(7.5, uplink.networkMetadata().snr());
    assertEquals("{rssi=\"-95\", x=1}", network(uplink).toString());
  }

  @Test
  void decode_oddCoordinate_keepsTheOther() {
    Uplink uplink =
        decode(message("\"location\":{\"up\":1,\"latitude\":\"n/a\",\"longitude\":151.2}"));
    assertNull(uplink.location());
    assertEquals(
        "{location={\"longitude\":151.2,\"up\":1,\"latitude\":\"n/a\"}}",
        uplink.unknownFields().toString());
  }

  @Test
  void decode_readingsWithAndWithoutChannels_losesNoneAndKeepsTheirOrder() {
    Uplink uplink =
        decode(
            message(
                "\"readings\":[1,"
                    + READING
                    + ",{\"channel_id\":7,\"value\":2,\"unit\":\"m\",\"x\":[3]},null,"
                    + "{\"channel_id\":\"u\",\"unit\":null,\"value\":\"9\"},{\"unit\":4}]"));
    assertEquals("[t=22.5, u=\"9\"]", uplink.readings().toString());
    assertEquals(
        "{readings=[1,{\"value\":2,\"unit\":\"m\",\"channel_id\":7,\"x\":[3]},null,{\"unit\":4}]}",
        uplink.unknownFields().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"source\":1,\"source\":\"a\"",
        "\"source\":\"a\",\"source\":1",
        "\"source\":1,\"source\":2",
        "\"network_metadata\":{\"rssi\":\"-95\",\"rssi\":-95}",
        "\"readings\":[],\"readings\":7",
        "\"readings\":[{\"channel_id\":1,\"channel_id\":\"t\"}]"
      })
  void decode_oddFieldTwice_isMalformed(String twice) {
    assertThrows(MalformedMessageException.class, () -> decode(message(twice)));
  }

  @Test
  void decode_messageTypeOfAnotherType_isOfNoKnownKind() {
    byte[] json = message("\"message_type\":[\"uplink\"]").getBytes(UTF_8);
    assertEquals(
        "{message_type=[\"uplink\"]}",
        new MessageDecoder().decode(json).unknownFields().toString());
  }

  private static Map<String, JsonValue> network(Uplink uplink) {
    return uplink.networkMetadata() == null ? Map.of() : uplink.networkMetadata().unknownFields();
  }

  private static String message(String fields) {
    return "{\"device_id\":\"A\",\"timestamp_ms\":1710300000000," + fields + "}";
  }

  private static Uplink decode(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return assertInstanceOf(
        Uplink.class, new MessageDecoder().decode(MessageKind.UPLINK, bytes, 0, bytes.length));
  }
}
