package io.nnnco.nhub.diagnosis.internal;

import java.time.Duration;

/** When time is up. */
final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left of it; never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** The same, but no longer than that. */
  Duration left(Duration atMost) {
    Duration left = left();
    return left.compareTo(atMost) < 0 ? left : atMost;
  }
}
