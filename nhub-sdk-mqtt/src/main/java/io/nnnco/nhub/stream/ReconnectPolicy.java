package io.nnnco.nhub.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a subscription waits before it reconnects. The limit of the wait starts at {@code
 * initial} and doubles with each failure up to {@code max}; the wait itself is random between zero
 * and that limit (full jitter), so that many clients do not reconnect all at once. After a
 * connection has been stable for a minute, the limit starts over.
 *
 * @param initial the first limit, 1 second by default
 * @param max the highest limit, 1 minute by default
 */
public record ReconnectPolicy(Duration initial, Duration max) {
  /**
   * Checks the values.
   *
   * @param initial the first limit
   * @param max the highest limit
   * @throws IllegalArgumentException if a limit is not positive, or max is less than initial
   */
  public ReconnectPolicy {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(max, "max");
    if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException("Required: 0 < initial <= max.");
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
