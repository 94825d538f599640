package io.nnnco.nhub.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.RecordingWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nhub replay}. */
final class ReplayTest {
  private static final Instant START = Instant.parse("2026-03-17T02:03:04Z");

  @TempDir private Path dir = Path.of("unused");

  private void record(RecordedMessage... messages) {
    try (RecordingWriter writer = RecordingWriter.open(dir.resolve("fault.jsonl"))) {
      List.of(messages).forEach(writer::append);
    }
  }

  private static RecordedMessage uplink(String device, long millis) {
    return message(
        device,
        millis,
        "{\"device_id\":\"%s\",\"timestamp_ms\":%d,\"readings\":[{\"channel_id\":\"t\",\"value\":4.50}]}"
            .formatted(device, START.plusMillis(millis).toEpochMilli()));
  }

  private static RecordedMessage message(String device, long millis, String payload) {
    return new RecordedMessage(
        START.plusMillis(millis),
        "v4/groups/nnn.other.master/" + device + "/uplinks",
        payload.getBytes(UTF_8),
        1,
        /* redelivered= */ false,
        List.of());
  }

  private Result replay(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "replay";
    arguments[1] = "fault.jsonl";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return new Cli(dir).run(arguments);
  }

  @Test
  void replay_printsTheLinesOfTail_andASummary() {
    record(uplink("A", 0), uplink("B", 5));

    Result result = replay();

    assertEquals(0, result.exit());
    String radio = " ".repeat(18);
    assertEquals(
        List.of(
            "13:03:04  uplink    A                 " + radio + "  t=4.50",
            "13:03:04  uplink    B                 " + radio + "  t=4.50"),
        result.lines());
    assertEquals("nhub: 2 replayed; 0 undecodable, 0 damaged lines skipped\n", result.err());
  }

  @Test
  void replay_asJson_isWhatThePlatformSent_andHowItCame() {
    record(uplink("A", 0));

    assertEquals(
        "{\"device_id\":\"A\",\"timestamp_ms\":1773712984000,"
            + "\"readings\":[{\"channel_id\":\"t\",\"value\":4.50}],"
            + "\"delivery\":{\"kind\":\"uplink\",\"topic\":\"v4/groups/nnn.other.master/A/uplinks\","
            + "\"enterprise\":\"nnn.other\",\"qos\":1,\"redelivered\":false,"
            + "\"received_at\":\"2026-03-17T02:03:04Z\"}}\n",
        replay("--json").out());
  }

  @Test
  void replay_ofASelection_leavesOutTheRest() {
    record(uplink("A", 0), uplink("B", 100_000), uplink("C", 100_000), uplink("A", 200_000));

    assertEquals(4, replay("--speed", "max").lines().size());
    assertEquals(2, replay("--speed", "max", "--device", "A").lines().size());
    assertEquals(3, replay("--speed", "max", "--device", "A", "--device", "B").lines().size());
    assertEquals(3, replay("--speed", "max", "--from", "100s").lines().size());
    assertEquals(1, replay("--speed", "max", "--from", "2026-03-17T02:06:24Z").lines().size());
    assertEquals(4, replay("--speed", "1000000x").lines().size());
  }

  @Test
  void replay_ofDamage_saysWhatItSkipped() throws IOException {
    record(uplink("A", 0), message("A", 1, "{}"));
    Files.writeString(dir.resolve("fault.jsonl"), "damaged\n{\"at\":", StandardOpenOption.APPEND);

    Result result = replay();

    assertEquals(1, result.lines().size());
    List<String> notices = result.err().lines().toList();
    assertTrue(
        notices
            .get(0)
            .startsWith(
                "nhub: skipped a message on v4/groups/nnn.other.master/A/uplinks:"
                    + " NHUB-MSG-001"),
        result.err());
    assertEquals(
        "nhub: 1 replayed; 1 undecodable, 1 damaged lines skipped;"
            + " the last message was cut off, and its 6 bytes were skipped",
        notices.get(1));
  }

  @Test
  void replay_ofANewerVersion_saysSo() throws IOException {
    Files.writeString(
        dir.resolve("fault.jsonl"), "{\"format\":\"nhub-recording\",\"version\":9}\n");

    replay().assertFailed(ExitCode.FILES, "NHUB-REC-002", "version 9", "Use a newer nhub");
    new Cli(dir)
        .run("replay", "missing.jsonl")
        .assertFailed(ExitCode.FILES, "NHUB-REC-001", "no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--speed=0",
        "--speed=fast",
        "--speed=-1x",
        "--speed=1e9",
        "--from=yesterday",
        "--from=-5s",
        "--into=file"
      })
  void replay_withAMistake_isRefused(String option) {
    record();

    replay(option).assertFailed(ExitCode.MISTAKE, option.substring(option.indexOf('=') + 1));
  }

  @Test
  void replay_onATerminal_showsItsProgressBelowTheMessages() throws Exception {
    record(uplink("A", 0), uplink("B", 1), uplink("C", 3_600_000));
    Cli cli = new Cli(dir).withErrorsOn(new Screen(80, true, true));
    FakeTerminal terminal = new FakeTerminal();
    try (RunningCommand replay = cli.startOn(terminal, "replay", "fault.jsonl")) {
      terminal.await("B  ");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!terminal.lastRow().contains("2 messages") && System.nanoTime() < end) {
        cli.ticker().passSeconds(1); // A message is counted after it is printed.
      }

      assertTrue(terminal.lastRow().matches("███████░░░  7\\d %  2 messages"), terminal.lastRow());
      assertEquals(130, replay.interrupt());
      assertFalse(cli.ticker().isInUse());
    }
  }

  @Test
  void replay_withoutATerminal_showsNoProgress() throws Exception {
    record(uplink("A", 0), uplink("B", 3_600_000));
    Cli cli = new Cli(dir);
    try (RunningCommand replay = cli.start("replay", "fault.jsonl")) {
      replay.awaitLine("A  ");

      assertFalse(cli.ticker().isInUse());
      assertEquals(130, replay.interrupt());
      assertEquals(List.of(), replay.remainingErrors());
    }
  }

  @Test
  void replay_whoseReaderHasGone_ends() throws Exception {
    record(uplink("A", 0), uplink("B", 3_600_000));
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    try (RunningCommand replay = new Cli(dir).startInto(closed, "replay", "fault.jsonl")) {
      assertEquals(0, replay.awaitExit());
    }
  }

  @Test
  void replay_intoAFake_publishesWhenSomebodyHasSubscribed() throws Exception {
    record(uplink("A", 0), uplink("B", 1));
    Cli cli = new Cli(dir);
    try (RunningCommand replay =
        cli.start("replay", "fault.jsonl", "--into", "fake", "--dir", "D")) {
      replay.awaitError("the replay begins when a client has subscribed");
      assertEquals(2, cli.run("tail", "nnn.other", "--fake", "D", "--count", "2").lines().size());
      replay.awaitError("nhub: 2 replayed");
      replay.awaitLine("subscribe  ");

      assertEquals(0, replay.interrupt());
    }
  }
}
