package io.nnnco.nhub.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a subscription waits before it connects again. The bound of the wait starts at {@code
 * initial} and doubles with each failure up to {@code max}; the wait itself is drawn evenly between
 * zero and that bound (full jitter), so that a fleet of clients does not come back all at once.
 * After a stable minute the bound starts over.
 *
 * @param initial the first bound, 1 second by default
 * @param max the last bound, 1 minute by default
 */
public record ReconnectPolicy(Duration initial, Duration max) {
  /**
   * Checks the values.
   *
   * @param initial the first bound
   * @param max the last bound
   * @throws IllegalArgumentException if a bound is not positive, or max is less than initial
   */
  public ReconnectPolicy {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(max, "max");
    if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException("It must hold that 0 < initial <= max.");
    }
  }

  /**
   * From 1 second to 1 minute.
   *
   * @return the policy
   */
  public static ReconnectPolicy ofDefaults() {
    return new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }
}
