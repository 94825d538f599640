package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of the management API that did not succeed. One subtype per cause; catch this one for all
 * of them. It names the request, the status and the platform's request id where there is one, and
 * never contains a token, a key or a PEM.
 */
public abstract class ManagementException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** {@code GET} or {@code POST}. */
  private final String method;

  /** Path and query. */
  private final String path;

  /** The status, if an answer came. */
  private final @Nullable Integer status;

  /** The platform's id of the request, if it sent one. */
  private final @Nullable String requestId;

  /** Whether a change was asked for and may have happened. */
  private final boolean outcomeUnknown;

  ManagementException(
      ErrorCode code,
      ApiCall call,
      String problem,
      boolean outcomeUnknown,
      @Nullable Throwable cause) {
    this(code, call, problem, outcomeUnknown, code.advice(), cause);
  }

  ManagementException(
      ErrorCode code,
      ApiCall call,
      String problem,
      boolean outcomeUnknown,
      String advice,
      @Nullable Throwable cause) {
    super(code, call + ": " + problem + (outcomeUnknown ? MAY_HAVE_HAPPENED : ""), advice, cause);
    this.method = call.method();
    this.path = call.path();
    this.status = call.status();
    this.requestId = call.requestId();
    this.outcomeUnknown = outcomeUnknown;
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
   * The status of the answer.
   *
   * @return the HTTP status, or empty if no answer came
   */
  public final OptionalInt status() {
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * Whether the call asked for a change ({@code POST}) that may have been made although this error
   * came back: the answer was lost, late, unreadable or a 5xx. False means that nothing changed.
   *
   * @return true if only a look at the platform can tell
   */
  public final boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
