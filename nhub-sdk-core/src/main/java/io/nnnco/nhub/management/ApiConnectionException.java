package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The API could not be reached, or the connection broke before the whole answer was there. */
public final class ApiConnectionException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /** How far it came. */
  private final ConnectionPhase phase;

  /**
   * The error.
   *
   * @param call the request
   * @param phase how far it came
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param cause what the network said, or null
   */
  public ApiConnectionException(
      ApiCall call, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    this(call, phase, problem, ErrorCode.API_CONNECTION_FAILED.advice(), cause);
  }

  /**
   * The error.
   *
   * @param call the request
   * @param phase how far it came
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param advice what to do about it
   * @param cause what the network said, or null
   */
  public ApiConnectionException(
      ApiCall call,
      ConnectionPhase phase,
      String problem,
      String advice,
      @Nullable Throwable cause) {
    super(
        ErrorCode.API_CONNECTION_FAILED,
        call,
        problem,
        call.method().equals("POST") && phase == ConnectionPhase.EXCHANGE,
        advice,
        cause);
    this.phase = phase;
  }

  /**
   * How far the call came.
   *
   * @return the phase that failed
   */
  public ConnectionPhase phase() {
    return phase;
  }
}
