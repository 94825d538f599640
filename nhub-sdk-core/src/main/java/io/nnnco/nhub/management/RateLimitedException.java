package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * More calls than N-Hub allows (HTTP 429, rule R10), and no attempt or time left to wait. Nothing
 * was changed.
 */
public final class RateLimitedException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /** What the answer asked for. */
  private final @Nullable Duration retryAfter;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param retryAfter how long the answer asks to wait, or null
   */
  public RateLimitedException(ApiCall call, String problem, @Nullable Duration retryAfter) {
    super(ErrorCode.API_RATE_LIMITED, call, problem, false, null);
    this.retryAfter = retryAfter;
  }

  /**
   * How long the answer asks to wait.
   *
   * @return the time from the answer's {@code Retry-After}, or empty if it had none
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
