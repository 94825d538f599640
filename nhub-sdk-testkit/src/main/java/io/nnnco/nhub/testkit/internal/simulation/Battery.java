package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;

/**
 * The battery of a device, which falls slowly, or gets empty. Times are nanoseconds since start.
 */
final class Battery {
  private static final double EMPTY = 2.2;
  private static final double NEW = 3.62;
  private static final double PER_HOUR = 0.000_02;
  private static final long NEVER = Long.MAX_VALUE;

  private final double atStart;
  private final long emptyAt;
  private final long renewedAt;

  Battery(Conditions conditions, int device, Duration interval, double atStart) {
    this.atStart = atStart;
    if (conditions.strikes(Phenomenon.WEAK_BATTERIES, device)) {
      Dice dice = conditions.dice(Phenomenon.WEAK_BATTERIES, device).of(1);
      emptyAt = (long) (1_000.0 * interval.toNanos() * dice.at(0));
      double pause = interval.toNanos() * (50 + 200 * dice.at(1));
      renewedAt = dice.at(2) < 0.5 ? (long) (emptyAt + pause) : NEVER;
    } else {
      emptyAt = NEVER;
      renewedAt = NEVER;
    }
  }

  boolean isEmpty(long time) {
    return time >= emptyAt && time < renewedAt;
  }

  /** When it is empty; the largest number if never. */
  long emptyAt() {
    return emptyAt;
  }

  /** When it is replaced; the largest number if never. */
  long renewedAt() {
    return renewedAt;
  }

  /**
   * Its voltage.
   *
   * @param changedAt when somebody has put in a new one for another reason, up to this time; 0 if
   *     never
   */
  double volts(long time, long changedAt) {
    if (time < emptyAt && emptyAt != NEVER) {
      double used = (double) time / emptyAt;
      return atStart - (atStart - EMPTY) * used * used * used;
    }
    long since = Math.max(changedAt, time >= renewedAt ? renewedAt : 0);
    return (since == 0 ? atStart : NEW) - PER_HOUR * (time - since) / 3.6e12;
  }
}
