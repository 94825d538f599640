package io.nnnco.nhub.recording;

import static io.nnnco.nhub.recording.Messages.START;
import static io.nnnco.nhub.recording.Messages.description;
import static io.nnnco.nhub.recording.Messages.descriptions;
import static io.nnnco.nhub.recording.Messages.message;
import static io.nnnco.nhub.recording.Messages.payloads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.CoreErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir private Path directory = Path.of("unused");
  private Path file = Path.of("unused");

  @BeforeEach
  void name() {
    file = directory.resolve("fault.jsonl");
  }

  private void record(RecordedMessage... messages) {
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      List.of(messages).forEach(writer::append);
    }
  }

  private static void assertFails(CoreErrorCode code, String part, Runnable action) {
    RecordingException e = assertThrows(RecordingException.class, action::run);
    assertEquals(code, e.code());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(part), message);
  }

  @Test
  void replay_anyBytes_areTheSameInTheSameOrder() throws Exception {
    Random random = new Random(1);
    List<RecordedMessage> messages = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] payload = new byte[random.nextInt(200)];
      random.nextBytes(payload);
      messages.add(message("D" + i % 7, i, payload));
    }
    for (String text : List.of("", "{\"a\":1}", "\u0000\n\r\t\"\\\u2028é€😀", "\uFEFF{}")) {
      messages.add(message("TEXT", 500, text));
    }
    record(messages.toArray(RecordedMessage[]::new));

    assertEquals(
        messages.stream().map(Messages::description).toList(), descriptions(Recording.open(file)));
  }

  @Test
  void replay_howItArrived_isKept() throws Exception {
    RecordedMessage message =
        new RecordedMessage(
            START.plusNanos(1_999_999),
            "any/topic",
            new byte[] {(byte) 0xFF},
            0,
            /* redelivered= */ true,
            List.of(Map.entry("b", "2"), Map.entry("a", ""), Map.entry("b", "1")));
    record(message);

    assertEquals(List.of(description(message)), descriptions(Recording.open(file)));
    assertEquals(START.plusMillis(1), message.arrivedAt());
    assertEquals("any/topic", message.deviceId());
  }

  @Test
  void line_ofAText_canBeReadByAPerson() throws IOException {
    record(message("ABC123", 7, "{\"device_id\":\"ABC123\"}"));

    assertEquals(
        "{\"at\":1773712984007,\"topic\":\"v4/groups/nnn.acme.master/ABC123/uplinks\",\"qos\":1,"
            + "\"payload\":\"{\\\"device_id\\\":\\\"ABC123\\\"}\"}",
        Files.readAllLines(file).get(1));
    assertTrue(Files.readAllLines(file).get(0).startsWith("{\"format\":\"nhub-recording\","));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void writer_ofARecording_goesOnAtItsEnd() throws Exception {
    record(message("A", 0, "1"), message("A", 1, "2"));
    record(message("A", 2, "3"));

    assertEquals(List.of("1", "2", "3"), payloads(Recording.open(file)));
  }

  @Test
  void lastLine_cutAnywhere_isSkippedAndThenReplaced() throws Exception {
    record(message("A", 0, "first"), message("A", 1, "second"));
    byte[] whole = Files.readAllBytes(file);
    int first = new String(whole, UTF_8).indexOf("first\"}\n") + "first\"}\n".length();

    for (int length = first; length < whole.length - 1; length += 8) {
      Files.write(file, Arrays.copyOf(whole, length));

      ReplayReport report = Recording.open(file).atFullSpeed().replayInto(message -> {});
      assertEquals(new ReplayReport(1, 0, 0, length - first), report);
      assertEquals(length == first, report.complete());

      try (RecordingWriter writer = RecordingWriter.open(file)) {
        assertEquals(length - first, writer.removedBytes());
        writer.append(message("A", 2, "third"));
      }
      assertEquals(List.of("first", "third"), payloads(Recording.open(file)));
    }
  }

  @Test
  void lastLine_withoutItsLineFeed_isKept() throws Exception {
    record(message("A", 0, "first"), message("A", 1, "second"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    assertEquals(List.of("first", "second"), payloads(Recording.open(file)));
    record(message("A", 2, "third"));

    assertEquals(List.of("first", "second", "third"), payloads(Recording.open(file)));
  }

  @Test
  void header_cutAnywhere_isWrittenAgain() throws Exception {
    record();
    byte[] header = Files.readAllBytes(file);

    for (int length = 0; length < header.length; length += 9) {
      Files.write(file, Arrays.copyOf(header, length));
      record(message("A", 0, "first"));
      assertEquals(List.of("first"), payloads(Recording.open(file)));
    }
  }

  @Test
  void lineInTheMiddle_damaged_isCountedAndSkipped() throws Exception {
    record(message("A", 0, "first"));
    Files.writeString(file, "\0\0\0{\"at\":1}\n", StandardOpenOption.APPEND);
    record(message("A", 1, "second"));

    List<String> seen = new ArrayList<>();
    ReplayReport report =
        Recording.open(file)
            .atFullSpeed()
            .replayInto(message -> seen.add(new String(message.payload(), UTF_8)));

    assertEquals(new ReplayReport(2, 0, 1, 0), report);
    assertEquals(List.of("first", "second"), seen);
    assertFalse(report.complete());
  }

  @Test
  void lineInTheMiddle_ofGigantic_isSkippedAsAnyOther() throws Exception {
    record(message("A", 0, "first"));
    Files.write(file, new byte[LineReader.LONGEST + 1_000_000], StandardOpenOption.APPEND);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    record(message("A", 1, "second"));

    assertEquals(List.of("first", "second"), payloads(Recording.open(file)));
  }

  @Test
  void payload_ofTheLargestPacket_isKept() throws Exception {
    byte[] escaped = new byte[2 << 20]; // Each byte takes six.
    record(message("A", 0, escaped));

    assertEquals(escaped.length, Recording.open(file).first().orElseThrow().payload().length);
  }

  @Test
  void open_newerVersion_saysSoAndLeavesItAsItIs() throws IOException {
    String newer = "{\"format\":\"nhub-recording\",\"version\":2,\"else\":[{}]}\nbinary";
    Files.writeString(file, newer);

    assertFails(CoreErrorCode.RECORDING_NEWER, "version 2", () -> Recording.open(file));
    assertFails(CoreErrorCode.RECORDING_NEWER, "version 2", () -> RecordingWriter.open(file));
    assertEquals(newer, Files.readString(file));
  }

  @Test
  void open_anotherFile_isRefusedAndLeftAsItIs() throws IOException {
    for (String text : List.of("{}\n", "a,b\n1,2\n", "no line feed", "{\"format\":3}\n", "\n")) {
      Files.writeString(file, text);

      assertFails(CoreErrorCode.RECORDING_UNUSABLE, "no recording", () -> Recording.open(file));
      assertFails(
          CoreErrorCode.RECORDING_UNUSABLE, "no recording", () -> RecordingWriter.open(file));
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void open_missing_saysSo() {
    assertFails(CoreErrorCode.RECORDING_UNUSABLE, "no such file", () -> Recording.open(file));
    Path nowhere = directory.resolve("nowhere/fault.jsonl");
    assertFails(
        CoreErrorCode.RECORDING_NOT_WRITTEN, "no such file", () -> RecordingWriter.open(nowhere));
  }

  @Test
  void writer_whileAnotherWrites_isRefused() throws Exception {
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      assertFails(CoreErrorCode.RECORDING_BUSY, "fault.jsonl", () -> RecordingWriter.open(file));
      writer.append(message("A", 0, "first"));
    }
    record(message("A", 1, "second"));

    assertEquals(List.of("first", "second"), payloads(Recording.open(file)));
  }

  @Test
  void writer_closed_takesNoMore() {
    RecordingWriter writer = RecordingWriter.open(file);
    writer.append(message("A", 0, "first"));
    writer.close();
    writer.close();

    assertEquals(1, writer.messages());
    assertThrows(IllegalStateException.class, () -> writer.append(message("A", 1, "second")));
  }

  @Test
  void writer_ofAnInterruptedThread_goesOn() throws Exception {
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      Thread.currentThread().interrupt();
      writer.append(message("A", 0, "first"));
      writer.sync();
      assertTrue(Thread.interrupted());
    }
    assertEquals(List.of("first"), payloads(Recording.open(file)));
  }

  @Test
  void selection_ofDevicesAndTime_isWhatIsReplayed() throws Exception {
    record(
        message("A", 0, "0"),
        message("B", 1_000, "1"),
        message("C", 2_000, "2"),
        message("A", 3_000, "3"));
    Recording recording = Recording.open(file);

    assertEquals(List.of("0", "3"), payloads(recording.devices("A")));
    assertEquals(List.of("1", "2"), payloads(recording.devices("B", "C")));
    assertEquals(List.of("2", "3"), payloads(recording.from(START.plusSeconds(2))));
    assertEquals(List.of("1", "2", "3"), payloads(recording.from(Duration.ofSeconds(1))));
    assertEquals(List.of("3"), payloads(recording.from(Duration.ofMillis(1)).devices("A")));
    assertEquals("C", recording.devices("C").first().orElseThrow().deviceId());
    assertTrue(recording.devices("D").first().isEmpty());
    assertThrows(IllegalArgumentException.class, recording::devices);
    assertThrows(IllegalArgumentException.class, () -> recording.from(Duration.ofMillis(-1)));
  }

  @Test
  void target_thatCannotDecode_getsTheNext() throws Exception {
    record(message("A", 0, "{}"), message("A", 1, "{\"device_id\":\"A\",\"timestamp_ms\":1}"));
    MessageDecoder decoder = new MessageDecoder();

    ReplayReport report =
        Recording.open(file).atFullSpeed().replayInto(each -> decoder.decode(each.payload()));

    assertEquals(new ReplayReport(1, 1, 0, 0), report);
  }

  @Test
  void target_thatThrows_endsTheReplay() {
    record(message("A", 0, "first"), message("A", 1, "second"));
    List<RecordedMessage> seen = new ArrayList<>();
    ReplayTarget<IOException> target =
        message -> {
          seen.add(message);
          throw new IOException("of the target");
        };

    IOException e =
        assertThrows(
            IOException.class, () -> Recording.open(file).atFullSpeed().replayInto(target));
    assertEquals("of the target", e.getMessage());
    assertEquals(1, seen.size());
  }

  @Test
  void progress_goesFromTheFirstLineToOne() throws Exception {
    record(message("A", 0, "first"), message("B", 1, "second"), message("A", 2, "third"));
    List<Double> shares = new ArrayList<>();

    Recording.open(file).atFullSpeed().devices("B").onProgress(shares::add).replayInto(each -> {});

    assertEquals(3, shares.size());
    assertTrue(shares.get(0) > 0.3 && shares.get(0) < shares.get(1), shares.toString());
    assertEquals(1, shares.get(2));
  }
}
