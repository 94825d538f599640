package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer runs (docs/fuzzing.md): whatever the bytes, a message comes out that says what
 * databind reads in them, or a {@link MalformedMessageException} that points into them.
 */
public final class MessageDecoderFuzzer {
  private static final List<String> NOT_JSON =
      List.of("it is not JSON", "it ends too early", "it is not UTF-8", "something follows");
  private static final MessageDecoder DECODER = new MessageDecoder();
  private static final ObjectReader DATABIND =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private MessageDecoderFuzzer() {}

  /** One input; throws where the decoder breaks its word. */
  public static void fuzzerTestOneInput(byte[] json) {
    JsonNode tree = tree(json);
    check(null, json, tree);
    for (MessageKind kind : MessageKind.values()) {
      check(kind, json, tree);
    }
  }

  /**
   * What databind, reading strictly, takes the bytes for; null if for nothing. It has to read them
   * as characters and as bytes: as characters it takes any whose low byte is a hexadecimal digit
   * for one, such as U+0563 in an escape.
   */
  private static @Nullable JsonNode tree(byte[] json) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      JsonNode tree = DATABIND.readValue(text);
      return tree.equals(DATABIND.readValue(json)) ? tree : null;
    } catch (IOException | NumberFormatException notRead) {
      return null;
    }
  }

  private static void check(@Nullable MessageKind kind, byte[] json, @Nullable JsonNode tree) {
    byte[] surrounded = new byte[json.length + 5];
    Arrays.fill(surrounded, (byte) '}');
    System.arraycopy(json, 0, surrounded, 2, json.length);
    DeviceMessage message;
    try {
      message = DECODER.decode(kind, surrounded, 2, json.length);
    } catch (MalformedMessageException error) {
      check(error, json.length, tree);
      return;
    }
    if (!(tree instanceof ObjectNode object)) {
      throw new AssertionError("accepted what databind does not read as an object: " + message);
    }
    DatabindOpinion.assertSame(object, message);
    assertEquals(message, DECODER.decode(kind, json, 0, json.length), "a second reading");
  }

  private static void check(MalformedMessageException error, int length, @Nullable JsonNode tree) {
    assertTrue(error.path().startsWith("$"), error::toString);
    assertTrue(error.offset() >= 0 && error.offset() <= length, error::toString);
    String said = String.valueOf(error.getMessage());
    if (NOT_JSON.stream().anyMatch(said::contains)) {
      assertFalse(tree instanceof ObjectNode, () -> "databind reads it, but: " + error);
    }
  }
}
