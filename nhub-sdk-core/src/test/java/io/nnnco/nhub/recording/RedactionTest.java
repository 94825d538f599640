package io.nnnco.nhub.recording;

import static io.nnnco.nhub.recording.Messages.message;
import static io.nnnco.nhub.recording.Messages.payloads;
import static io.nnnco.nhub.recording.Messages.topic;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
  private static final Redaction REDACTION = Redaction.withKey(Secret.of("a key of 16 chars"));

  @TempDir private Path directory = Path.of("unused");

  private static String redacted(String payload) {
    return new String(REDACTION.of(message("ABC123", 0, payload)).payload(), UTF_8);
  }

  private static String hashOf(String id) {
    return REDACTION.of(message(id, 0, "")).deviceId();
  }

  @Test
  void ids_inTopicAndPayload_haveTheSameHash() {
    String hash = hashOf("ABC123");

    assertTrue(hash.matches("[0-9a-f]{16}"), hash);
    assertEquals(topic(hash), REDACTION.of(message("ABC123", 0, "")).topic());
    assertEquals(
        "{ \"device_id\" : \"" + hash + "\",\r\n\t\"timestamp_ms\":1.50e3 }",
        redacted("{ \"device_id\" : \"ABC\\u003123\",\r\n\t\"timestamp_ms\":1.50e3 }"));
    assertEquals("[\"" + hash + "\"]", redacted("[\"ABC123\"]"));
    assertNotEquals(hash, hashOf("ABC124"));
    assertNotEquals(hash, Redaction.withRandomKey().of(message("ABC123", 0, "")).deviceId());
  }

  @Test
  void ids_underAnyDocumentedOrUsualName_areReplaced() {
    for (String name :
        List.of("device_id", "deviceName", "dev_eui", "DevEUI", "dev-addr", "gateway_id", "imei")) {
      assertEquals(
          "{\"" + name + "\":\"" + hashOf("secret") + "\"}",
          redacted("{\"" + name + "\":\"secret\"}"));
    }
    assertFalse(redacted("{\"serial_number\":4711,\"a\":1}").contains("4711"));
  }

  @Test
  void message_ofThePlatform_losesNothingElse() {
    String message =
        "{\"device_id\":\"ABC123\",\"timestamp_ms\":1773712984000,\"message_type\":\"uplink\","
            + "\"source\":\"dl-mqtt\",\"device_type\":\"nsen-v2\",\"readings\":["
            + "{\"channel_id\":\"temperature\",\"value\":4.50,\"unit\":\"°C\"},"
            + "{\"value\":-33.8688,\"unit\":\"°\",\"channel_id\":\"latitude\"},"
            + "{\"channel_id\":\"gps\",\"value\":{\"x\":[151.2093]},\"unit\":\"°\"}],"
            + "\"network_metadata\":{\"rssi\":-95,\"snr\":7.5,\"gateway_id\":\"GW001\"},"
            + "\"location\":{\"latitude\":-33.8688,\"longitude\":151.2093,\"name\":\"Sydney\"},"
            + "\"raw_payload\":\"0x0102AB\",\"future\":[null,true,{\"n\":1E+2}]}";

    String redacted = redacted(message);

    String number = "-?\\d+\\.\\d{5}";
    String expected =
        Pattern.quote(message)
            .replace("ABC123", "\\E[0-9a-f]{16}\\Q")
            .replace("GW001", "\\E[0-9a-f]{16}\\Q")
            .replace("Sydney", "\\E[0-9a-f]{16}\\Q")
            .replace("-33.8688", "\\E" + number + "\\Q")
            .replace("151.2093", "\\E" + number + "\\Q")
            .replace("0x0102AB", "0x\\E[0-9A-F]{6}\\Q");
    assertTrue(redacted.matches(expected), redacted);
    for (String secret : List.of("ABC123", "GW001", "Sydney", "33.8688", "151.2093", "0102AB")) {
      assertFalse(redacted.contains(secret), secret);
    }
    Uplink uplink = decoded(redacted);
    assertEquals(hashOf("ABC123"), uplink.deviceId());
    Location location = Objects.requireNonNull(uplink.location());
    assertTrue(Math.abs(location.latitude()) <= 90);
    assertTrue(Math.abs(location.longitude()) <= 180);
    assertEquals(location.latitude(), uplink.number("latitude").orElseThrow());
  }

  private static Uplink decoded(String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    return (Uplink) new MessageDecoder().decode(MessageKind.UPLINK, bytes, 0, bytes.length);
  }

  @Test
  void place_ofZeroOrMissing_staysWhatItIs() {
    String payload = "{\"location\":{\"latitude\":0,\"longitude\":-0.00,\"altitude\":null}}";

    assertEquals(payload, redacted(payload));
  }

  @Test
  void payload_thatIsNotJson_isCutWhereItStopsBeingJson() {
    assertEquals("", redacted("ABC123 is here"));
    assertEquals(
        "{\"device_id\":\"" + hashOf("ABC123") + "\",\"location\":{",
        redacted("{\"device_id\":\"ABC123\",\"location\":{{\"latitude\":-33.8"));
    assertEquals("{\"n\":1", redacted("{\"n\":1,\"name\":\"ABC12"));
    byte[] notUtf8 = "{\"n\":1,\"m\":\"\u00e9\"}".getBytes(ISO_8859_1);
    assertEquals(
        "{\"n\":1", new String(REDACTION.of(message("ABC123", 0, notUtf8)).payload(), ISO_8859_1));
    byte[] utf16 = "{\"device_id\":\"ABC123\"}".getBytes(UTF_16);
    assertArrayEquals(new byte[0], REDACTION.of(message("ABC123", 0, utf16)).payload());
  }

  @Test
  void payload_ofAnyCut_neverShowsTheIdOrThePlace() {
    String whole =
        "\uFEFF{\"a\":\"é\",\"device_id\":\"ABC123\",\"location\":{\"latitude\":-33.8688},"
            + "\"readings\":[{\"value\":-33.8688,\"channel_id\":\"latitude\"}]}";
    for (int length = 0; length <= whole.length(); length++) {
      String redacted = redacted(whole.substring(0, length));
      assertFalse(redacted.contains("ABC123") || redacted.contains("33"), redacted);
    }
    assertTrue(redacted(whole).startsWith("\uFEFF{\"a\":\"é\",\"device_id\":\""), redacted(whole));
  }

  @Test
  void userProperties_withAnIdOrItsName_areReplaced() {
    RecordedMessage message =
        new RecordedMessage(
            Messages.START,
            topic("ABC123"),
            new byte[0],
            1,
            /* redelivered= */ false,
            List.of(
                Map.entry("traceparent", "00-1"),
                Map.entry("whose", "ABC123"),
                Map.entry("deviceName", "Fridge")));

    assertEquals(
        List.of(
            Map.entry("traceparent", "00-1"),
            Map.entry("whose", hashOf("ABC123")),
            Map.entry("deviceName", hashOf("Fridge"))),
        REDACTION.of(message).userProperties());
  }

  @Test
  void topic_ofAnotherForm_isReplacedAsAWhole() {
    RecordedMessage message =
        new RecordedMessage(
            Messages.START, "ABC123/else", new byte[0], 1, /* redelivered= */ false, List.of());

    assertTrue(REDACTION.of(message).topic().matches("[0-9a-f]{16}"));
  }

  @Test
  void keyFile_isCreatedOnceForItsOwner() throws IOException {
    Path key = directory.resolve("redaction.key");

    String first = Redaction.withKeyFile(key).of(message("ABC123", 0, "")).topic();
    String again = Redaction.withKeyFile(key).of(message("ABC123", 0, "")).topic();

    assertEquals(first, again);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    Files.writeString(key, "short\n");
    RecordingException e = assertThrows(RecordingException.class, () -> Redaction.withKeyFile(key));
    assertEquals(CoreErrorCode.RECORDING_KEY, e.code());
    assertFalse(String.valueOf(e.getMessage()).contains("short"));
    assertThrows(IllegalArgumentException.class, () -> Redaction.withKey(Secret.of("short")));
  }

  @Test
  void recording_goesOnWithTheSameKeyOnly() throws Exception {
    Path file = directory.resolve("fault.jsonl");
    Path plain = directory.resolve("plain.jsonl");
    for (int i = 0; i < 2; i++) {
      try (RecordingWriter writer = RecordingWriter.open(file, REDACTION)) {
        writer.append(message("ABC123", i, "{\"device_id\":\"ABC123\"}"));
      }
    }
    RecordingWriter.open(plain).close();

    String line = "{\"device_id\":\"" + hashOf("ABC123") + "\"}";
    assertEquals(List.of(line, line), payloads(Recording.open(file).devices(hashOf("ABC123"))));
    assertFalse(Files.readString(file).contains("ABC123"));
    for (Runnable open :
        List.<Runnable>of(
            () -> RecordingWriter.open(file),
            () -> RecordingWriter.open(file, Redaction.withRandomKey()),
            () -> RecordingWriter.open(plain, REDACTION))) {
      RecordingException e = assertThrows(RecordingException.class, open::run);
      assertEquals(CoreErrorCode.RECORDING_OTHER_REDACTION, e.code());
    }
  }
}
