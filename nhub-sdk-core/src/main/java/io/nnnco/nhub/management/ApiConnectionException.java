package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The API could not be reached, the connection broke before the whole response was there, or the
 * response took too long. {@link #code()} says which.
 */
public final class ApiConnectionException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /** How far it came. */
  private final CallPhase phase;

  /**
   * Made by the SDK.
   *
   * @param code {@link CoreErrorCode#API_CONNECTION_FAILED} or {@link CoreErrorCode#API_TIMEOUT}
   * @param call the request
   * @param phase how far it came
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param cause what the network said, or null
   */
  public ApiConnectionException(
      CoreErrorCode code,
      ApiCall call,
      CallPhase phase,
      String problem,
      @Nullable Throwable cause) {
    this(code, call, phase, problem, code.advice(), cause);
  }

  /**
   * Made by the SDK, where it knows better than the code what to do.
   *
   * @param code {@link CoreErrorCode#API_CONNECTION_FAILED} or {@link CoreErrorCode#API_TIMEOUT}
   * @param call the request
   * @param phase how far it came
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param advice what to do about it
   * @param cause what the network said, or null
   */
  public ApiConnectionException(
      CoreErrorCode code,
      ApiCall call,
      CallPhase phase,
      String problem,
      String advice,
      @Nullable Throwable cause) {
    super(
        code,
        call,
        problem,
        call.method().equals("POST") && phase == CallPhase.EXCHANGE,
        advice,
        null,
        cause);
    this.phase = phase;
  }

  /**
   * How far the call came.
   *
   * @return the phase that failed
   */
  public CallPhase phase() {
    return phase;
  }
}
