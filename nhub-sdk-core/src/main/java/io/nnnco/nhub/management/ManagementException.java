package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of the management API that did not succeed. {@link #code()} says why; a few causes have a
 * type of their own. It names the request, the status and the platform's request id where there is
 * one, and never contains a token, a key or a PEM.
 */
public class ManagementException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** {@code GET} or {@code POST}. */
  private final String method;

  /** Path and query. */
  private final String path;

  /** The status, if there was a response. */
  private final @Nullable Integer status;

  /** The platform's id of the request, if it sent one. */
  private final @Nullable String requestId;

  /** Whether a change was asked for and may have happened. */
  private final boolean outcomeUnknown;

  /** How long the platform asks to wait, if it does. */
  private final @Nullable Duration retryAfter;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param call the request, and its response if one came
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param outcomeUnknown whether a change was asked for and may have happened
   * @param cause what led to it, or null
   */
  public ManagementException(
      ErrorCode code,
      ApiCall call,
      String problem,
      boolean outcomeUnknown,
      @Nullable Throwable cause) {
    this(code, call, problem, outcomeUnknown, code.advice(), null, cause);
  }

  /**
   * Made by the SDK, where the platform asks to wait.
   *
   * @param code which one, with its advice
   * @param call the request and its response
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param retryAfter how long the platform asks to wait, or null
   * @param outcomeUnknown whether a change was asked for and may have happened
   */
  public ManagementException(
      ErrorCode code,
      ApiCall call,
      String problem,
      @Nullable Duration retryAfter,
      boolean outcomeUnknown) {
    this(code, call, problem, outcomeUnknown, code.advice(), retryAfter, null);
  }

  ManagementException(
      ErrorCode code,
      ApiCall call,
      String problem,
      boolean outcomeUnknown,
      String advice,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(code, call + ": " + problem + (outcomeUnknown ? MAY_HAVE_HAPPENED : ""), advice, cause);
    this.method = call.method();
    this.path = call.path();
    this.status = call.status();
    this.requestId = call.requestId();
    this.outcomeUnknown = outcomeUnknown;
    this.retryAfter = retryAfter;
  }

  private static final String MAY_HAVE_HAPPENED =
      " It is not known whether the change was made, so it was not asked for again.";

  /**
   * The request this is about.
   *
   * @return method, path, status and request id
   */
  public final ApiCall call() {
    return new ApiCall(method, path, status, requestId);
  }

  /**
   * The status of the response.
   *
   * @return the HTTP status, or empty if there was no response
   */
  public final OptionalInt status() {
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * How long the platform asks to wait before the next call.
   *
   * @return the time from the response's {@code Retry-After} header; empty if it had none
   */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Whether the call asked for a change ({@code POST}) that may have been made although this error
   * came back: the response was lost, late, unreadable or a 5xx. False means that nothing changed.
   *
   * @return true if only a look at the platform can tell
   */
  public final boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
