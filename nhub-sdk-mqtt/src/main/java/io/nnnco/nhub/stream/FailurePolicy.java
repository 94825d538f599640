package io.nnnco.nhub.stream;

import io.nnnco.nhub.stream.error.HandlerException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a handler fails: how often it is called again, and what then. While it is
 * retried, later messages of the same device wait; other devices go on.
 *
 * <p>The default, {@link #ofDefaults()}: three more calls after 1, 2 and 4 seconds, then the
 * message is logged as an error, without its payload, and acknowledged.
 *
 * <p>A payload that cannot be decoded is not retried, and otherwise goes the same way.
 *
 * @param retries how often the handler is called again, 0 or more
 * @param delay the wait before the first retry; it doubles with each further one
 * @param lastResort what happens after the last retry
 * @param failureHandler gets the message; null unless {@code lastResort} is {@link
 *     LastResort#HAND_OVER}
 */
public record FailurePolicy(
    int retries, Duration delay, LastResort lastResort, @Nullable FailureHandler failureHandler) {

  /** What happens to a message after the last retry. */
  public enum LastResort {
    /** It goes to the failure handler, and is acknowledged when that has returned. */
    HAND_OVER,
    /** It is logged without its payload, counted and acknowledged. */
    SKIP,
    /** The subscription ends with a {@link HandlerException}; the message comes again. */
    STOP
  }

  /**
   * Checks the values.
   *
   * @param retries how often the handler is called again, 0 or more
   * @param delay the wait before the first retry
   * @param lastResort what happens after the last retry
   * @param failureHandler gets the message
   * @throws IllegalArgumentException if a number is negative, or a failure handler is there without
   *     {@link LastResort#HAND_OVER} or the reverse
   */
  public FailurePolicy {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(lastResort, "lastResort");
    if (retries < 0 || delay.isNegative()) {
      throw new IllegalArgumentException("Retries and delay must not be negative.");
    }
    if ((lastResort == LastResort.HAND_OVER) != (failureHandler != null)) {
      throw new IllegalArgumentException("A failure handler goes with HAND_OVER, and only there.");
    }
  }

  /**
   * The default: three retries after 1, 2 and 4 seconds, then log and acknowledge.
   *
   * @return the policy
   */
  public static FailurePolicy ofDefaults() {
    return new FailurePolicy(3, Duration.ofSeconds(1), LastResort.SKIP, null);
  }

  /**
   * The same retries, then the subscription ends and the message stays with the bridge.
   *
   * @return the policy
   */
  public FailurePolicy thenStop() {
    return new FailurePolicy(retries, delay, LastResort.STOP, null);
  }

  /**
   * The same retries, then the message is logged and acknowledged.
   *
   * @return the policy
   */
  public FailurePolicy thenSkip() {
    return new FailurePolicy(retries, delay, LastResort.SKIP, null);
  }

  /**
   * The same retries, then a handler of yours gets the message.
   *
   * @param handler gets the message with its bytes; it is acknowledged after the handler returned
   * @return the policy
   */
  public FailurePolicy thenHandOver(FailureHandler handler) {
    return new FailurePolicy(retries, delay, LastResort.HAND_OVER, handler);
  }

  /**
   * Other retries, the same end.
   *
   * @param count how often the handler is called again, 0 or more
   * @param firstDelay the wait before the first retry; it doubles with each further one
   * @return the policy
   */
  public FailurePolicy withRetries(int count, Duration firstDelay) {
    return new FailurePolicy(count, firstDelay, lastResort, failureHandler);
  }
}
