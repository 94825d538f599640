package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stated bounds: what is at a bound is read, what is one beyond is malformed. */
class DecoderBoundsTest {
  /** For milliseconds of work, on a machine that may have other things to do. */
  private static final Duration QUICK = Duration.ofMinutes(2);

  private final MessageDecoder decoder = new MessageDecoder();

  @Test
  void decode_messageOfMostBytes_isRead() {
    String padding = " ".repeat(MessageDecoder.MAX_MESSAGE_BYTES - with("").length());
    decode(with("") + padding);
    MalformedMessageException error = fail(with("") + padding + " ");
    assertEquals("$", error.path());
    assertEquals(MessageDecoder.MAX_MESSAGE_BYTES, error.offset());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}"})
  void decode_deepestNesting_isRead(String brackets) {
    JsonValue deepest = x(nested(brackets, MessageDecoder.MAX_DEPTH - 1));
    assertEquals(deepest, x(deepest.toString()));
    fail(with(",\"x\":" + nested(brackets, MessageDecoder.MAX_DEPTH)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void decode_bottomlessNesting_isMalformedAndQuick(String open) {
    String bottomless = open.repeat(MessageDecoder.MAX_MESSAGE_BYTES / open.length() - 50);
    quickly(() -> fail(with(",\"x\":" + bottomless)));
    quickly(() -> fail(bottomless));
  }

  @Test
  void decode_mostTokens_isRead() {
    int others = 9;
    assertTrue(x(zeros(MessageDecoder.MAX_TOKENS - others)).toString().endsWith(",0,0]"));
    fail(with(",\"x\":" + zeros(MessageDecoder.MAX_TOKENS - others + 1)));
  }

  @Test
  void decode_mostUnknownFields_isRead() {
    String most = fields(MessageDecoder.MAX_FIELDS);
    assertEquals(MessageDecoder.MAX_FIELDS, decode(with("," + most)).unknownFields().size());
    x("{" + most + "}");
    fail(with("," + most + ",\"more\":1"));
    assertEquals("$.x.more", fail(with(",\"x\":{" + most + ",\"more\":1}")).path());
  }

  @Test
  void decode_mostReadings_isRead() {
    String reading = "{\"channel_id\":\"t\"}";
    String most = (reading + ",").repeat(MessageDecoder.MAX_READINGS - 1) + reading;
    assertEquals(
        MessageDecoder.MAX_READINGS,
        decode(with(",\"readings\":[" + most + "]")).readings().size());
    MalformedMessageException error = fail(with(",\"readings\":[" + most + "," + reading + "]"));
    assertEquals("$.readings[" + MessageDecoder.MAX_READINGS + "]", error.path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "\u00e9", "\\u00e9"})
  void decode_longestName_isRead(String character) {
    String longest = character.repeat(MessageDecoder.MAX_NAME_LENGTH);
    decode(with(",\"" + longest + "\":1"));
    fail(with(",\"" + longest + character + "\":1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "\u00e9"})
  void decode_longestText_isRead(String character) {
    String longest = character.repeat(MessageDecoder.MAX_STRING_LENGTH);
    decode(with(",\"source\":\"" + longest + "\""));
    assertEquals("$.source", fail(with(",\"source\":\"" + longest + character + "\"")).path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "0.", "1e"})
  void decode_longestNumber_isRead(String start) {
    String longest = start + (start.equals("1e") ? "0" : "7").repeat(1_000);
    int digits = MessageDecoder.MAX_NUMBER_LENGTH - 2;
    x(longest.substring(0, digits));
    fail(with(",\"x\":" + longest + "0000"));
    quickly(() -> fail(with(",\"x\":" + start + "7".repeat(1_000_000))));
    quickly(() -> fail(with(",\"location\":{\"latitude\":" + start + "7".repeat(1_000_000))));
  }

  @Test
  void decode_longestNumber_isExactInCharacters() {
    String longest = "7".repeat(MessageDecoder.MAX_NUMBER_LENGTH);
    assertEquals(longest, x(longest).toString());
    assertEquals("$.x", fail(with(",\"x\":" + longest + "7")).path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000", "-1e1000", "1e-1000", "0e1000", "12.5e1001"})
  void decode_largestScale_staysCheapInUse(String number) {
    quickly(
        () -> {
          JsonValue value = x(number);
          assertEquals(value, x(number));
          assertEquals(value.hashCode(), x(number).hashCode());
          assertTrue(value.toString().length() < 20, value::toString);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1001",
        "-1e1001",
        "1e-1001",
        "0e1001",
        "0.1e-1000",
        "1e2147483647",
        "1e-2147483648",
        "1e2147483648",
        "1E+999999999999999999999",
        "-0e-999999999999999999999"
      })
  void decode_hugeExponent_isMalformedAtTheNumber(String number) {
    MalformedMessageException error = quickly(() -> fail(with(",\"x\":[1," + number + "]")));
    assertEquals("$.x[1]", error.path());
    assertEquals(with(",\"x\":[1,").length() - 1, error.offset());
    String measured = with(",\"network_metadata\":{\"rssi\":" + number + "}");
    assertEquals("$.network_metadata.rssi", quickly(() -> fail(measured)).path());
  }

  @Test
  void decode_everNewNames_staysQuickAndReadsTheNextMessage() {
    quickly(
        () -> {
          for (int i = 0; i < 200; i++) {
            int round = i;
            decode(
                with(
                    IntStream.range(0, 100)
                        .mapToObj(n -> ",\"" + round + "-" + n + "\":1")
                        .collect(Collectors.joining())));
          }
          return decoder.decode(GoldenFiles.read("valid/documented-uplink.json"));
        });
  }

  private static String with(String more) {
    return "{\"device_id\":\"A\",\"timestamp_ms\":1" + more + "}";
  }

  private static String nested(String brackets, int depth) {
    String open = brackets.equals("[]") ? "[" : "{\"a\":";
    return open.repeat(depth - 1) + brackets + brackets.substring(1).repeat(depth - 1);
  }

  private static String zeros(int count) {
    return "[" + "0,".repeat(count - 1) + "0]";
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "\"f" + n + "\":" + n)
        .collect(Collectors.joining(","));
  }

  private JsonValue x(String json) {
    return Objects.requireNonNull(decode(with(",\"x\":" + json)).unknownFields().get("x"));
  }

  private Uplink decode(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return assertInstanceOf(
        Uplink.class, decoder.decode(MessageKind.UPLINK, bytes, 0, bytes.length));
  }

  private MalformedMessageException fail(String json) {
    return assertThrows(MalformedMessageException.class, () -> decode(json));
  }

  private static <T> T quickly(ThrowingSupplier<T> work) {
    return assertTimeoutPreemptively(QUICK, work);
  }

  private static void quickly(Executable work) {
    assertTimeoutPreemptively(QUICK, work);
  }
}
