package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the decoder reads is what databind reads. */
class SecondOpinionTest {
  private static final String CHARACTERS =
      "a\"\\/\b\f\n\r\t\u0001\u007f\u00e9\u20ac\u2028\ud83c\udf21";

  private final Random random = new Random(1);
  private final MessageDecoder decoder = new MessageDecoder();
  private final JsonMapper databind =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Test
  void decode_randomValues_areThoseThatWereWritten() throws JsonProcessingException {
    for (int round = 0; round < 3_000; round++) {
      ObjectNode message = databind.createObjectNode();
      message.put("device_id", text() + "x").put("timestamp_ms", random.nextLong());
      JsonNode value = value(4);
      message.putArray("readings").addObject().put("channel_id", text() + "x").set("value", value);
      JsonNode unknown = value(4);
      message.set("unknown", unknown);
      Uplink uplink = decode(message.toString().getBytes(UTF_8));
      assertEquals(message.get("device_id").textValue(), uplink.deviceId());
      assertEquals(message.get("timestamp_ms").longValue(), uplink.timestamp().toEpochMilli());
      assertSame(value, uplink.readings().get(0).value());
      assertSame(unknown, uplink.unknownFields().get("unknown"));
    }
  }

  @Test
  void decode_numbersOfEveryLook_areTheNearestDoubles() throws IOException {
    for (int round = 0; round < 3_000; round++) {
      double latitude = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(latitude)) {
        continue;
      }
      String written = random.nextBoolean() ? "" + latitude : new BigDecimal(latitude).toString();
      String json =
          "{\"device_id\":\"A\",\"timestamp_ms\":1,\"location\":{\"latitude\":"
              + written
              + ",\"longitude\":0},\"network_metadata\":{\"rssi\":"
              + written
              + "}}";
      Uplink uplink = decode(json.getBytes(UTF_8));
      assertEquals(
          latitude, uplink.location() == null ? Double.NaN : uplink.location().latitude(), json);
      assertEquals(
          latitude,
          uplink.networkMetadata() == null ? null : uplink.networkMetadata().rssi(),
          json);
    }
  }

  @Test
  void decode_goldenFiles_keepWhatDatabindReads() throws IOException {
    for (String file : GoldenFiles.in("valid")) {
      byte[] json = GoldenFiles.read(file);
      JsonNode tree = databind.readTree(json);
      decoder
          .decode(json)
          .unknownFields()
          .forEach((name, value) -> assertEquals(tree.get(name), parse(value), file));
    }
  }

  private Uplink decode(byte[] json) {
    return assertInstanceOf(Uplink.class, decoder.decode(MessageKind.UPLINK, json, 0, json.length));
  }

  /** The value written by its own toString, and read again by databind. */
  private void assertSame(JsonNode expected, @Nullable JsonValue actual)
      throws JsonProcessingException {
    assertEquals(databind.readTree(expected.toString()), parse(actual));
  }

  private JsonNode parse(@Nullable JsonValue value) {
    try {
      return databind.readTree(String.valueOf(value));
    } catch (JsonProcessingException e) {
      throw new AssertionError(value + " is not JSON", e);
    }
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> databind.getNodeFactory().textNode(text());
      case 1 -> databind.getNodeFactory().numberNode(random.nextLong());
      case 2 -> databind.getNodeFactory().numberNode(new BigInteger(200, random));
      case 3 ->
          databind
              .getNodeFactory()
              .numberNode(new BigDecimal(new BigInteger(100, random), random.nextInt(80) - 40));
      case 4 -> databind.getNodeFactory().booleanNode(random.nextBoolean());
      case 5 -> databind.nullNode();
      case 6 -> array(depth);
      default -> object(depth);
    };
  }

  private ArrayNode array(int depth) {
    List<JsonNode> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(depth - 1));
    }
    return databind.createArrayNode().addAll(values);
  }

  private ObjectNode object(int depth) {
    ObjectNode object = databind.createObjectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(text() + i, value(depth - 1));
    }
    return object;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(CHARACTERS.codePointCount(0, CHARACTERS.length()));
      text.appendCodePoint(CHARACTERS.codePointAt(CHARACTERS.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }
}
