package io.nnnco.nhub.stream.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A delay that doubles with each failure, up to a cap.
 *
 * @param first the delay after the first failure
 * @param max the cap
 */
public record ExponentialBackoff(Duration first, Duration max) {
  /**
   * The delay after so many failures in a row; durations of any length are safe.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    Duration half = max.dividedBy(2);
    Duration delay = first;
    for (int i = 1; i < failures && !delay.isZero(); i++) {
      if (delay.compareTo(half) > 0) {
        return max;
      }
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(max) < 0 ? delay : max;
  }

  /**
   * A part of a delay, however long it is.
   *
   * @param share between 0 and 1
   */
  public static Duration part(Duration delay, double share) {
    return Duration.ofNanos((long) (TimeUnit.NANOSECONDS.convert(delay) * share));
  }
}
