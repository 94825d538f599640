package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** N-Hub, or a proxy before it, failed (HTTP 5xx). */
public final class ServerErrorException extends ManagementException {
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
  public ServerErrorException(ApiCall call, String problem, @Nullable Duration retryAfter) {
    super(ErrorCode.API_SERVER_ERROR, call, problem, mayHaveHappened(call, retryAfter), null);
    this.retryAfter = retryAfter;
  }

  private static boolean mayHaveHappened(ApiCall call, @Nullable Duration retryAfter) {
    boolean turnedAway = Integer.valueOf(503).equals(call.status()) && retryAfter != null;
    return call.method().equals("POST") && !turnedAway;
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
