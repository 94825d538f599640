package io.nnnco.nhub.recording;

import static io.nnnco.nhub.recording.Messages.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: a kill, a limit of the file's size, a small heap. */
class RecordingProcessTest {
  /** For a million: {@code -Drecording.messages=1000000}. */
  private static final int MESSAGES = Integer.getInteger("recording.messages", 100_000);

  private static final String PAYLOAD =
      "{\"device_id\":\"A\",\"timestamp_ms\":1773712984000,\"readings\":[],\"n\":%d}";

  @TempDir private Path directory = Path.of("unused");

  private Process start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return new ProcessBuilder(ChildJvm.command(options, main, arguments))
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Appends for ever, and says what it has appended. */
  static final class Appending {
    public static void main(String... arguments) {
      try (RecordingWriter writer = RecordingWriter.open(Path.of(arguments[0]))) {
        for (long i = 1; ; i++) {
          writer.append(message("A", i, PAYLOAD.formatted(i)));
          System.out.println(i);
        }
      } catch (RecordingException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void kill_costsNothingThatWasAppended() throws Exception {
    Path file = directory.resolve("fault.jsonl");
    long before = 0;
    for (int kill = 0; kill < 3; kill++) {
      Process process = start(List.of(), Appending.class, file.toString());
      BufferedReader lines = output(process);
      for (int i = 0; i < 1_999; i++) {
        lines.readLine();
      }
      long said = Long.parseLong(lines.readLine());
      process.destroyForcibly().waitFor();

      ReplayReport report = Recording.open(file).atFullSpeed().replayInto(message -> {});
      assertTrue(report.replayed() >= before + said, report + ", not " + before + " + " + said);
      assertEquals(0, report.unreadable());
      before = report.replayed();
    }
  }

  @Test
  void fullDisk_isSaidAndWhatWasWrittenIsWhole() throws Exception {
    Path file = directory.resolve("fault.jsonl");
    String command =
        ChildJvm.command(List.of("-XX:-UsePerfData"), Appending.class, file.toString()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Process process = new ProcessBuilder("sh", "-c", "ulimit -f 128; exec " + command).start();

    List<String> lines = output(process).lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));

    String error = lines.get(lines.size() - 1);
    long appended = lines.size() - 1L;
    assertTrue(appended > 100, error);
    assertTrue(error.startsWith("NHUB-REC-003: " + file + " cannot be written: "), error);
    assertTrue(error.contains("The " + appended + " messages written before are whole"), error);
    assertEquals(
        new ReplayReport(appended, 0, 0, 0),
        Recording.open(file).atFullSpeed().replayInto(message -> {}));
    assertTrue(Files.readString(file).endsWith("\n"));
  }

  /** Counts what it replays. */
  static final class Replaying {
    public static void main(String... arguments) throws Exception {
      AtomicLong bytes = new AtomicLong();
      ReplayReport report =
          Recording.open(Path.of(arguments[0]))
              .atFullSpeed()
              .replayInto(message -> bytes.addAndGet(message.payload().length));
      System.out.println(report.replayed() + " " + bytes);
    }
  }

  @Test
  void replay_ofManyMessages_takesConstantHeap() throws Exception {
    Path file = directory.resolve("fault.jsonl");
    long bytes = 0;
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      for (int i = 0; i < MESSAGES; i++) {
        String payload = PAYLOAD.formatted(i);
        bytes += payload.length();
        writer.append(message("A", i, payload));
      }
    }
    assertTrue(Files.size(file) > 10 << 20, "larger than the heap");

    Process process = start(List.of("-Xmx10m"), Replaying.class, file.toString());

    assertEquals(MESSAGES + " " + bytes, output(process).readLine());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }
}
