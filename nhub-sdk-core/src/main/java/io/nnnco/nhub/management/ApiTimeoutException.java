package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** No complete answer within the time allowed. */
public final class ApiTimeoutException extends ManagementException {
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
  public ApiTimeoutException(
      ApiCall call, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(
        ErrorCode.API_TIMEOUT,
        call,
        problem,
        call.method().equals("POST") && phase == ConnectionPhase.EXCHANGE,
        cause);
    this.phase = phase;
  }

  /**
   * How far the call came.
   *
   * @return the phase in which the time ran out
   */
  public ConnectionPhase phase() {
    return phase;
  }
}
