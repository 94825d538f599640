package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;

/**
 * The token is missing, wrong or expired (HTTP 401, rule R2, or 403 with words about the token).
 * Nothing was changed.
 */
public final class AuthenticationFailedException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what happened, as a sentence with its full stop, without secrets
   */
  public AuthenticationFailedException(ApiCall call, String problem) {
    super(ErrorCode.API_AUTHENTICATION_FAILED, call, problem, false, null);
  }
}
