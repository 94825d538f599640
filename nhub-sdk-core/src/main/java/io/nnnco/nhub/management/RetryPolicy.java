package io.nnnco.nhub.management;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.Objects;

/**
 * How often, and after which waits, a request is repeated.
 *
 * <p>A {@code GET} is repeated after a failed connection, an attempt without an answer in time, and
 * the statuses 429, 502, 503 and 504. A {@code POST} is repeated only where it surely had no
 * effect: after 429, after 503 with {@code Retry-After}, and when no byte of it was sent. The wait
 * before repetition <i>n</i> is random between zero and {@code initialDelay × 2ⁿ⁻¹}, at most {@code
 * maxDelay} (full jitter); a {@code Retry-After} of the platform (rule R10) takes its place. No
 * wait goes beyond the call's time limit: the call then ends with the error at hand.
 *
 * <p>Immutable.
 *
 * @param maxAttempts how often a request is sent at most, the first time included; 4 by default
 * @param initialDelay the longest first wait; 500 ms by default
 * @param maxDelay the longest wait of all, {@code Retry-After} excepted; 10 s by default
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, Duration maxDelay) {

  /**
   * Checks the values.
   *
   * @param maxAttempts how often a request is sent at most, the first time included
   * @param initialDelay the longest first wait
   * @param maxDelay the longest wait of all
   * @throws IllegalArgumentException if there is no attempt, a delay is not positive or longer than
   *     a day, or the first is longer than the longest
   */
  public RetryPolicy {
    Objects.requireNonNull(initialDelay, "initialDelay");
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
    }
    if (initialDelay.isNegative() || initialDelay.isZero()) {
      throw new IllegalArgumentException(
          "initialDelay must be positive, not " + DurationText.of(initialDelay) + ".");
    }
    if (maxDelay.compareTo(initialDelay) < 0 || maxDelay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "maxDelay must be from initialDelay to a day, not " + DurationText.of(maxDelay) + ".");
    }
  }

  /**
   * Four attempts, waits up to 500 ms, 1 s and 2 s.
   *
   * @return the policy used when none is given
   */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  /**
   * One attempt.
   *
   * @return the policy that repeats nothing
   */
  public static RetryPolicy none() {
    return ofDefaults().withMaxAttempts(1);
  }

  /**
   * This policy with another number of attempts.
   *
   * @param attempts how often a request is sent at most, at least 1
   * @return the changed copy
   */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, initialDelay, maxDelay);
  }
}
