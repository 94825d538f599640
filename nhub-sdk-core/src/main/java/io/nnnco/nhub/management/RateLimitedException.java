package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * More calls than N-Hub allows (HTTP 429), and no attempt or time left to wait. Nothing was
 * changed.
 */
public final class RateLimitedException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param call the request and its response
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param retryAfter how long the platform asks to wait, or null
   */
  public RateLimitedException(ApiCall call, String problem, @Nullable Duration retryAfter) {
    super(CoreErrorCode.API_RATE_LIMITED, call, problem, retryAfter, false);
  }
}
