package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.message.MessageKind;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every class of malformed payload, with the place and the problem that {@code expected.tsv} has.
 */
class MalformedMessageTest {
  private final MessageDecoder decoder = new MessageDecoder();

  static List<Arguments> expected() {
    return GoldenFiles.lines("malformed/expected.tsv").stream()
        .map(line -> Arguments.of((Object[]) line.split("\t")))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expected")
  void decode_malformedFile_saysWhereAndWhat(
      String file, String path, long offset, String problem) {
    byte[] json = GoldenFiles.read("malformed/" + file + ".json");
    MalformedMessageException error = decodeAndFail(json);
    assertEquals(path, error.path());
    assertTrue(
        String.valueOf(error.getMessage()).contains("): " + problem),
        () -> "" + error.getMessage());
    assertEquals(offset, error.offset());
    assertEquals(CoreErrorCode.MALFORMED_MESSAGE, error.code());
  }

  @Test
  void goldenFiles_malformed_areAllExpectedSomewhere() {
    assertEquals(
        new TreeSet<>(GoldenFiles.in("malformed")),
        expected().stream()
            .map(row -> "malformed/" + row.get()[0] + ".json")
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void decode_malformedMessageWithSecretInIt_doesNotRepeatIt() {
    for (String json :
        List.of(
            "{\"device_id\":\"s3cret\",\"timestamp_ms\":\"s3cret\"}",
            "{\"device_id\":\"s3cret\",\"source\":s3cret}",
            "{\"device_id\":\"s3cret\\q\"}",
            "{\"device_id\":\"s3cret")) {
      MalformedMessageException error = decodeAndFail(json.getBytes(UTF_8));
      assertFalse(error.toString().contains("s3cret"), error::toString);
      assertNull(error.getCause(), "a cause would quote the payload in each stack trace");
    }
  }

  @Test
  void path_nameWithStrangeCharacters_isMadeSafeToLog() {
    String name = "a\\n\\u001b[31m.'b é" + "x".repeat(200);
    String json = "{\"device_id\":\"A\",\"" + name + "\":nul}";
    MalformedMessageException error = decodeAndFail(json.getBytes(UTF_8));
    assertEquals("$.a???31m??b?é" + "x".repeat(52), error.path());
  }

  private MalformedMessageException decodeAndFail(byte[] json) {
    return assertThrows(
        MalformedMessageException.class,
        () -> decoder.decode(MessageKind.UPLINK, json, 0, json.length));
  }
}
