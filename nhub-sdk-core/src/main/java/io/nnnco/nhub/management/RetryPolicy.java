package io.nnnco.nhub.management;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.Objects;

/**
 * How often, and after which waits, a request is retried.
 *
 * <p>A {@code GET} is retried after a failed connection, an attempt without a response in time, and
 * the statuses 429, 502, 503 and 504. A {@code POST} is retried only if the first one certainly had
 * no effect: after 429, after 503 with {@code Retry-After}, and when no byte of it was sent. The
 * wait before retry <i>n</i> is random between zero and {@code initialDelay × 2ⁿ⁻¹}, at most {@code
 * maxDelay} (full jitter); a {@code Retry-After} of the platform replaces it. No wait exceeds the
 * call's time limit: the call then ends with the current error.
 *
 * <p>Immutable.
 *
 * @param maxAttempts the most often that a request is sent, including the first time; 4 by default
 * @param initialDelay the longest first wait; 500 ms by default
 * @param maxDelay the longest wait, except for {@code Retry-After}; 10 s by default
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, Duration maxDelay) {

  /**
   * Checks the values.
   *
   * @param maxAttempts the most often that a request is sent, including the first time
   * @param initialDelay the longest first wait
   * @param maxDelay the longest wait
   * @throws IllegalArgumentException if there is no attempt, a delay is not positive or longer than
   *     a day, or the first exceeds the longest
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
   * @return the default policy
   */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  /**
   * One attempt.
   *
   * @return the policy that never retries
   */
  public static RetryPolicy none() {
    return ofDefaults().withMaxAttempts(1);
  }

  /**
   * Returns this policy with another number of attempts.
   *
   * @param attempts the most often that a request is sent, at least 1
   * @return the changed copy
   */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, initialDelay, maxDelay);
  }
}
