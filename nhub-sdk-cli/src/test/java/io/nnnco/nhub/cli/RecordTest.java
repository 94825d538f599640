package io.nnnco.nhub.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.recording.ReplayReport;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nhub record}, from a fake. */
@NHubTest(leakCheck = false)
final class RecordTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = "v4/groups/nnn.acme.master/ABC/";

  @TempDir private Path dir = Path.of("unused");
  private Path file = Path.of("unused");

  @BeforeEach
  void name() {
    file = dir.resolve("fault.jsonl");
  }

  private List<String> recorded() throws InterruptedException {
    List<String> recorded = new ArrayList<>();
    Recording.open(file)
        .atFullSpeed()
        .replayInto(
            message -> recorded.add(message.topic() + " " + new String(message.payload(), UTF_8)));
    return recorded;
  }

  private static String uplink(int number) {
    return "{\"device_id\": \"ABC\", \"timestamp_ms\": %d}".formatted(number);
  }

  @Test
  void record_everyKind_isInTheFileBeforeItIsAcknowledged(FakeNHub fake) throws Exception {
    try (RunningCommand record = Cli.of(fake, dir).start("record", "nnn.acme", "fault.jsonl")) {
      record.awaitError("connected. Ctrl-C ends.");
      List<String> topics = List.of("uplinks", "joins", "downlinks", "of_the_future");
      for (String level : topics) {
        fake.publish(TOPIC + level, uplink(1));
      }
      for (int i = 1; i <= topics.size(); i++) {
        fake.acks().take(PATIENCE);
        assertTrue(recorded().size() >= i, "acknowledged " + i);
      }

      assertEquals(130, record.interrupt());
      assertEquals(
          "nhub: 4 recorded; 4 received, 4 acknowledged, 0 undecodable, 0 reconnects",
          record.awaitError("recorded"));
      assertEquals(
          topics.stream().map(level -> TOPIC + level + " " + uplink(1)).toList(), recorded());
      assertEquals(List.of(), record.remainingLines());
    }
  }

  @Test
  void record_whatCannotBeDecoded_isRecordedToo(FakeNHub fake) throws Exception {
    try (RunningCommand record =
        Cli.of(fake, dir).start("record", "nnn.acme", "fault.jsonl", "--count", "1")) {
      record.awaitError("connected");
      fake.publish(TOPIC + "uplinks", "not JSON");
      record.awaitError("recorded what cannot be decoded, on " + TOPIC + "uplinks: NHUB-MSG-001");
      fake.publish(TOPIC + "uplinks", uplink(2));

      assertEquals(0, record.awaitExit());
      assertTrue(record.awaitError("recorded;").startsWith("nhub: 2 recorded; 2 received"));
      assertEquals(List.of(TOPIC + "uplinks not JSON", TOPIC + "uplinks " + uplink(2)), recorded());
    }
  }

  @Test
  void record_intoACutFile_goesOnAfterItsLastWholeLine(FakeNHub fake) throws Exception {
    RecordingWriter.open(file).close();
    Files.writeString(file, "{\"at\":17", StandardOpenOption.APPEND);
    for (int i = 1; i <= 2; i++) {
      try (RunningCommand record =
          Cli.of(fake, dir).start("record", "nnn.acme", "fault.jsonl", "--count", "1")) {
        if (i == 1) {
          record.awaitError("removed 8 bytes after the last whole line of fault.jsonl");
        }
        record.awaitError("connected");
        fake.publish(TOPIC + "uplinks", uplink(i));
        assertEquals(0, record.awaitExit());
      }
    }

    assertEquals(
        List.of(TOPIC + "uplinks " + uplink(1), TOPIC + "uplinks " + uplink(2)), recorded());
  }

  @Test
  void record_ofDevicesAndKinds_leavesOutTheOthers(FakeNHub fake) throws Exception {
    try (RunningCommand record =
        Cli.of(fake, dir)
            .start(
                "record",
                "nnn.acme",
                "fault.jsonl",
                "--device",
                "ABC",
                "--kinds",
                "joins",
                "--qos",
                "0",
                "--count",
                "1")) {
      record.awaitError("connected");
      fake.publish(FakeMessage.join("OTHER"));
      fake.publish(FakeMessage.uplink("ABC"));
      fake.publish(TOPIC + "joins", uplink(3));

      assertEquals(0, record.awaitExit());
      assertEquals(List.of(TOPIC + "joins " + uplink(3)), recorded());
      assertEquals(0, Recording.open(file).first().orElseThrow().qos());
    }
  }

  @Test
  void record_redacted_hasNoIdAndNoPlace(FakeNHub fake) throws Exception {
    for (int i = 0; i < 2; i++) {
      try (RunningCommand record =
          Cli.of(fake, dir)
              .start(
                  "record", "nnn.acme", "fault.jsonl", "--redact-key", "the.key", "--count", "1")) {
        record.awaitError("connected");
        fake.publish(FakeMessage.uplink("ROOM-1").location(-33.8688, 151.2093));
        assertEquals(0, record.awaitExit());
      }
    }

    String text = Files.readString(file);
    assertFalse(text.contains("ROOM-1") || text.contains("33.8688"), text);
    String hash = Recording.open(file).first().orElseThrow().deviceId();
    assertEquals(
        new ReplayReport(2, 0, 0, 0),
        Recording.open(file).devices(hash).atFullSpeed().replayInto(message -> {}));
    new Cli(dir)
        .run("replay", "the.key")
        .assertFailed(ExitCode.FILES, "NHUB-REC-001", "the.key is no recording");
    Cli.of(fake, dir)
        .run("record", "nnn.acme", "fault.jsonl", "--redact")
        .assertFailed(ExitCode.FILES, "NHUB-REC-005", "Go on with the --redact-key");
  }

  @Test
  void record_mistakes_areSaidAndTouchNothing(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir);
    Files.writeString(file, "my diary\n");

    cli.run("record", "nnn.acme", "fault.jsonl")
        .assertFailed(ExitCode.FILES, "NHUB-REC-001", "fault.jsonl is no recording");
    cli.run("record", "nnn.acme", "nowhere/fault.jsonl")
        .assertFailed(ExitCode.FILES, "NHUB-REC-003", "no such file or directory");
    cli.run("record", "nnn.acme", "fault.jsonl", "--count", "0")
        .assertFailed(ExitCode.MISTAKE, "--count must be 1 or more");
    cli.run("record", "nnn.acme", "fault.jsonl", "--qos", "0", "--durable", "x")
        .assertFailed(ExitCode.MISTAKE, "--qos 1");
    cli.run("record", "nnn.acme").assertFailed(ExitCode.MISTAKE, "FILE");
    assertEquals("my diary\n", Files.readString(file));
  }

  @Test
  void record_onATerminal_showsHowItIsDoing(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).withErrorsOn(new Screen(80, true, true));
    FakeTerminal terminal = new FakeTerminal();
    try (RunningCommand record = cli.startOn(terminal, "record", "nnn.acme", "fault.jsonl")) {
      terminal.await("connected. Ctrl-C ends.");
      fake.publish(TOPIC + "uplinks", uplink(1));
      fake.acks().take(PATIENCE); // By now, the status is there.
      cli.ticker().passSeconds(1);
      terminal.await("window");

      assertEquals(130, record.interrupt());
      assertFalse(cli.ticker().isInUse());
    }
  }
}
