package io.nnnco.nhub.recording;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the messages of one replay are due: counted from its beginning, so that no error adds up.
 */
final class Pace {
  private final double speed;
  private final ReplayClock clock;
  private @Nullable Instant previous;
  private long began;
  private double recordedNanos;

  Pace(double speed, ReplayClock clock) {
    this.speed = speed;
    this.clock = clock;
  }

  /** Waits until the message that arrived then is due. */
  void await(Instant arrivedAt) throws InterruptedException {
    if (speed == Double.POSITIVE_INFINITY) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return;
    }
    if (previous == null) {
      began = clock.nanos();
    } else if (arrivedAt.isAfter(previous)) {
      Duration gap = Duration.between(previous, arrivedAt);
      recordedNanos += gap.toMillis() * 1e6;
    }
    previous = arrivedAt;
    clock.sleep(began + (long) (recordedNanos / speed) - clock.nanos());
  }
}
