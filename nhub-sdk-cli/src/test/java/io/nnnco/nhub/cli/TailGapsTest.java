package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nhub tail --gaps}. */
@NHubTest(leakCheck = false)
final class TailGapsTest {
  private static final Instant START = Instant.parse("2026-03-17T02:00:00Z");

  @TempDir private Path dir = Path.of("unused");

  /** A backlog of a device that sends every minute, without three of them. */
  private static void publish(FakeNHub fake) {
    for (int minute = 0; minute <= 24; minute++) {
      if (minute < 20 || minute > 22) {
        fake.publish(FakeMessage.uplink("ROOM-1").at(START.plus(Duration.ofMinutes(minute))));
      }
    }
  }

  @Test
  void gaps_areLinesAmongTheErrors_andInTheSummary(FakeNHub fake) throws Exception {
    try (RunningCommand tail =
        Cli.of(fake, dir).start("tail", "nnn.acme", "--gaps", "--count", "22")) {
      tail.awaitError("connected");
      publish(fake);

      String line = tail.awaitError("missing between");
      assertTrue(
          line.matches(
              "nhub: ROOM-1: 3 messages missing between \\S+ \\S+ and \\S+ \\S+"
                  + " \\(lost on the air, or on the way to the bridge\\)\\."),
          line);
      assertEquals(0, tail.awaitExit());
      assertEquals(
          "nhub: 1 device, 1 with a known cadence; 3 missing: 3 frames lost; 0 late, 0 duplicates,"
              + " 0 silent now",
          tail.awaitError("1 device,"));
    }
  }

  @Test
  void gaps_asJson_areObjectsAmongTheMessages(FakeNHub fake) throws Exception {
    try (RunningCommand tail =
        Cli.of(fake, dir).start("tail", "nnn.acme", "--gaps", "--json", "--count", "23")) {
      tail.awaitError("connected");
      publish(fake);

      JsonNode gap = new ObjectMapper().readTree(tail.awaitLine("\"gap\""));
      assertEquals("closed", gap.get("gap").asText());
      assertEquals("ROOM-1", gap.get("device_id").asText());
      assertEquals(3, gap.get("missing").asInt());
      assertEquals(60_000, gap.get("cadence_ms").asInt());
      assertEquals("frames_lost", gap.get("cause").asText());
      Instant from = Instant.parse(gap.get("from").asText());
      assertEquals(from.plus(Duration.ofMinutes(4)), Instant.parse(gap.get("to").asText()));
      fake.publish(FakeMessage.uplink("ROOM-1").at(START.plus(Duration.ofMinutes(25))));
      assertEquals(0, tail.awaitExit());
    }
  }

  private static Gap gap(@Nullable Duration length, long missing, GapCause cause) {
    return new Gap(
        "ROOM-1\u001b",
        START,
        length == null ? null : START.plus(length),
        missing,
        Duration.ofMillis(60_012),
        cause);
  }

  private static String line(SubscriptionEvent event) {
    StringWriter errors = new StringWriter();
    PrintWriter err = new PrintWriter(errors, true);
    new GapNotices(new PlainDisplay(new PrintWriter(new StringWriter()), err), false)
        .onEvent(event);
    return errors.toString().strip();
  }

  @Test
  void lines_sayWhatAStrangerUnderstands() {
    Duration hour = Duration.ofHours(1);
    assertEquals(
        "nhub: ROOM-1? is silent: nothing since 2026-03-17 13:00:00, though it sends every 1 min;"
            + " 4 messages missing so far (only this device).",
        line(new SubscriptionEvent.GapOpened(START, gap(null, 4, GapCause.DEVICE_SILENT))));
    assertEquals(
        "nhub: ROOM-1?: 1,059 messages missing between 2026-03-17 13:00:00 and 2026-03-17 14:00:00"
            + " (no connection here, and the bridge lost the session).",
        line(new SubscriptionEvent.GapClosed(START, gap(hour, 1_059, GapCause.SESSION_LOST))));
    assertEquals(
        "nhub: ROOM-1? sends again, and nothing is missing: its messages since 2026-03-17 13:00:00"
            + " came late.",
        line(new SubscriptionEvent.GapClosed(START, gap(hour, 0, GapCause.SHARED))));
    assertEquals(
        "nhub: ROOM-1?: after all, only 1 message missing between 2026-03-17 13:00:00 and 2026-03-17"
            + " 14:00:00 (many devices are missing then: a gateway, the network or the platform).",
        line(new SubscriptionEvent.GapCorrected(START, gap(hour, 1, GapCause.SHARED))));
    assertEquals(
        "nhub: ROOM-1?: after all, nothing is missing between 2026-03-17 13:00:00 and 2026-03-17"
            + " 14:00:00.",
        line(new SubscriptionEvent.GapCorrected(START, gap(hour, 0, GapCause.FRAMES_LOST))));
  }
}
