package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Payloads that are nearly right, by the ten thousand: a message or a {@link
 * MalformedMessageException} comes out, and a strict reading by databind agrees about what is JSON.
 * The seed is fixed, so each run is the same.
 */
class MutationTest {
  private static final int ROUNDS = 40_000;
  private static final String[] TOKENS = {
    "null",
    "\"\"",
    "{}",
    "[]",
    "[[",
    "1e999",
    "-",
    "NaN",
    "\\u",
    "\\ud800",
    ",",
    ":",
    "\"",
    "device_id",
    "\"timestamp_ms\":",
    "\"value\":",
    "\u00e9",
    "\0",
    "99999999999999999999",
    "}",
    "]"
  };

  private final Random random = new Random(20_240_313);
  private final MessageDecoder decoder = new MessageDecoder();
  private final ObjectReader strict =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .readerFor(JsonNode.class);
  private int messages;
  private int malformed;

  @Test
  void decode_mutatedGoldenFiles_givesMessageOrMalformedAlone() {
    List<byte[]> seeds = new ArrayList<>();
    for (String folder : List.of("valid", "optional", "optional", "malformed")) {
      GoldenFiles.in(folder).forEach(file -> seeds.add(GoldenFiles.read(file)));
    }
    assertTimeoutPreemptively(
        Duration.ofMinutes(10),
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            byte[] json = seeds.get(random.nextInt(seeds.size()));
            for (int changes = 1 + random.nextInt(5) / 3; changes > 0; changes--) {
              json = mutate(json);
            }
            check(json);
          }
        });
    assertTrue(messages > ROUNDS / 20, () -> messages + " messages");
    assertTrue(malformed > ROUNDS / 2, () -> malformed + " malformed");
  }

  @Test
  void decode_everyTruncation_isMalformed() {
    for (String file : GoldenFiles.in("valid")) {
      byte[] json = GoldenFiles.read(file);
      for (int length = 0; length < json.length; length++) {
        byte[] start = Arrays.copyOf(json, length);
        MalformedMessageException error = decodeBadly(start);
        assertTrue(error.offset() <= length, error::toString);
      }
    }
  }

  private void check(byte[] json) {
    byte[] surrounded = new byte[json.length + 20];
    random.nextBytes(surrounded);
    System.arraycopy(json, 0, surrounded, 7, json.length);
    MessageKind[] kinds = MessageKind.values();
    MessageKind kind = random.nextInt(4) == 0 ? null : kinds[random.nextInt(kinds.length)];
    try {
      DeviceMessage message = decoder.decode(kind, surrounded, 7, json.length);
      messages++;
      assertTrue(isObject(json), () -> "accepted: " + show(json));
      assertFalse(message.deviceId().isEmpty());
      assertEquals(message, decoder.decode(kind, json, 0, json.length));
      assertFalse(message.toString().isEmpty());
    } catch (MalformedMessageException error) {
      malformed++;
      checkError(error, json);
    }
  }

  private void checkError(MalformedMessageException error, byte[] json) {
    assertTrue(error.path().startsWith("$"), error::path);
    assertTrue(error.offset() >= 0 && error.offset() <= json.length, error::toString);
    String message = String.valueOf(error.getMessage());
    if (message.contains("): it is not JSON.") || message.contains("): it ends too early.")) {
      assertFalse(isObject(json), () -> "refused: " + show(json) + " with " + message);
    }
  }

  private MalformedMessageException decodeBadly(byte[] json) {
    try {
      throw new AssertionError(decoder.decode(json) + " from " + show(json));
    } catch (MalformedMessageException expected) {
      return expected;
    }
  }

  private byte[] mutate(byte[] json) {
    int at = random.nextInt(json.length + 1);
    int to = Math.min(json.length, at + random.nextInt(8));
    return switch (random.nextInt(7)) {
      case 0 -> replace(json, at, Math.min(json.length, at + 1), randomBytes(1));
      case 1 -> replace(json, at, at, randomBytes(1 + random.nextInt(4)));
      case 2 -> replace(json, at, to, new byte[0]);
      case 3 -> Arrays.copyOf(json, at);
      case 4 -> replace(json, at, at, Arrays.copyOfRange(json, at / 2, at));
      case 5 -> flipBit(json, at);
      default -> replace(json, at, to, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
    };
  }

  private byte[] flipBit(byte[] json, int at) {
    byte[] flipped = json.clone();
    if (at < json.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] replace(byte[] json, int from, int to, byte[] by) {
    return ByteBuffer.allocate(json.length - (to - from) + by.length)
        .put(json, 0, from)
        .put(by)
        .put(json, to, json.length - to)
        .array();
  }

  /** By the JDK for UTF-8, and by databind for JSON. */
  private boolean isObject(byte[] json) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      JsonNode node = strict.readValue(text);
      return node != null && node.isObject();
    } catch (IOException notJson) {
      return false;
    }
  }

  private static String show(byte[] json) {
    return new String(json, UTF_8);
  }
}
