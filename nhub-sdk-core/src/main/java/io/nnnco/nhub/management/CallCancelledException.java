package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted, or {@link Management#close()} was called. The thread's
 * interrupt flag is left set.
 */
public final class CallCancelledException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param outcomeUnknown whether the request was a change and had been sent already
   * @param cause what ended it, or null
   */
  public CallCancelledException(
      ApiCall call, String problem, boolean outcomeUnknown, @Nullable Throwable cause) {
    super(ErrorCode.API_CANCELLED, call, problem, outcomeUnknown, cause);
  }
}
