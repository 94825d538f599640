package io.nnnco.nhub.recording;

import static io.nnnco.nhub.recording.Messages.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When messages are replayed, by a virtual clock. */
class PaceTest {
  @TempDir private Path directory = Path.of("unused");
  private final VirtualReplayClock clock = new VirtualReplayClock();
  private final List<Long> times = new ArrayList<>();

  /** Passes only when somebody sleeps; each sleep is a little too long, as real ones are. */
  private static final class VirtualReplayClock implements ReplayClock {
    private static final long OVERSLEPT = TimeUnit.MICROSECONDS.toNanos(300);

    private long now = 77;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
      if (nanos > 0) {
        now += nanos + OVERSLEPT;
      }
    }

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(now - 77);
    }
  }

  private Recording recorded(long... atMillis) {
    Path file = directory.resolve("fault.jsonl");
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      for (long at : atMillis) {
        writer.append(message("A", at, "{}"));
      }
    }
    return Recording.open(file).at(clock);
  }

  private void replay(Recording recording) throws InterruptedException {
    recording.replayInto(message -> times.add(clock.millis()));
  }

  @Test
  void speedOne_gapsAreThoseOfTheRecording() throws Exception {
    replay(recorded(5, 5, 105, 60_105));

    assertEquals(List.of(0L, 0L, 100L, 60_100L), times);
  }

  @Test
  void speedTen_gapsAreATenth() throws Exception {
    replay(recorded(0, 1_000, 1_500, 61_500).speed(10));

    assertEquals(List.of(0L, 100L, 150L, 6_150L), times);
  }

  @Test
  void manyMessages_errorsDoNotAddUp() throws Exception {
    long[] atMillis = new long[10_001];
    for (int i = 0; i < atMillis.length; i++) {
      atMillis[i] = 7L * i;
    }
    replay(recorded(atMillis));

    for (int i = 0; i < atMillis.length; i++) {
      assertEquals(atMillis[i], times.get(i), "message " + i);
    }
  }

  @Test
  void slowTarget_isCaughtUpWith() throws Exception {
    recorded(0, 10, 20, 1_000)
        .replayInto(
            message -> {
              times.add(clock.millis());
              clock.sleep(times.size() == 1 ? TimeUnit.MILLISECONDS.toNanos(500) : 0);
            });

    assertEquals(List.of(0L, 500L, 500L, 1_000L), times);
  }

  @Test
  void clockSetBack_costsNoTimeAndKeepsLaterGaps() throws Exception {
    replay(recorded(3_600_000, 3_600_010, 0, 30));

    assertEquals(List.of(0L, 10L, 10L, 40L), times);
  }

  @Test
  void selection_beginsWithItsFirstMessage() throws Exception {
    replay(recorded(0, 5_000, 5_040).from(Duration.ofSeconds(1)));

    assertEquals(List.of(0L, 40L), times);
  }

  @Test
  void fullSpeed_doesNotWait() throws Exception {
    replay(recorded(0, 1_000_000).atFullSpeed());

    assertEquals(List.of(0L, 0L), times);
  }

  @Test
  void interrupt_endsAReplayAtEverySpeed() {
    Recording recording = recorded(0, 1_000_000).at(ReplayClock.SYSTEM);
    ReplayTarget<RuntimeException> target = message -> Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> recording.replayInto(target));
    assertThrows(InterruptedException.class, () -> recording.atFullSpeed().replayInto(target));
  }

  @Test
  void speed_notAboveZero_isRefused() {
    Recording recording = recorded(0);

    for (double speed : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> recording.speed(speed));
    }
  }
}
