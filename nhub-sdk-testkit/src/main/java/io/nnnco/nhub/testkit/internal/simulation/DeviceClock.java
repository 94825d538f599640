package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import java.time.Instant;

/** What a device takes for the time. */
final class DeviceClock {
  private static final double LEAST_OFFSET = 2e9;
  private static final double MOST_OFFSET = 6 * 3_600e9;
  private static final double MOST_DRIFT = 1 / 3_600.0;
  private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");

  private final double offset;
  private final double drift;
  private final Instant epoch;
  private final long resetAt;
  private final long correctedAt;

  DeviceClock(Conditions conditions, int device, Duration interval) {
    this.offset =
        conditions.strikes(Phenomenon.CLOCK_OFFSETS, device)
            ? offset(conditions.dice(Phenomenon.CLOCK_OFFSETS, device).of(1))
            : 0;
    this.drift =
        conditions.strikes(Phenomenon.CLOCK_DRIFT, device)
            ? MOST_DRIFT * (2 * conditions.dice(Phenomenon.CLOCK_DRIFT, device).of(1).at(0) - 1)
            : 0;
    Dice reset = conditions.dice(Phenomenon.CLOCK_RESETS, device).of(1);
    this.epoch = reset.at(0) < 0.5 ? Instant.EPOCH : YEAR_2000;
    if (conditions.strikes(Phenomenon.CLOCK_RESETS, device)) {
      resetAt = (long) (500.0 * interval.toNanos() * reset.at(1));
      correctedAt = (long) (resetAt + interval.toNanos() * (5 + 45 * reset.at(2)));
    } else {
      resetAt = Long.MAX_VALUE;
      correctedAt = Long.MAX_VALUE;
    }
  }

  /** As many are off by seconds as by hours. */
  private static double offset(Dice dice) {
    double size = LEAST_OFFSET * StrictMath.pow(MOST_OFFSET / LEAST_OFFSET, dice.at(0));
    return dice.at(1) < 0.5 ? -size : size;
  }

  /** When a new battery resets it, in nanoseconds since the start; the largest number if never. */
  long resetAt() {
    return resetAt;
  }

  /**
   * What it shows.
   *
   * @param now the true time
   * @param sinceStart the same in nanoseconds since the start
   */
  Instant shows(Instant now, long sinceStart) {
    if (sinceStart >= resetAt && sinceStart < correctedAt) {
      return epoch.plusNanos(sinceStart - resetAt);
    }
    return now.plusNanos(Math.round(offset + drift * sinceStart));
  }
}
