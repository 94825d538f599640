package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;

/** The token is valid but may not do this (HTTP 403, rule R2). Nothing was changed. */
public final class PermissionDeniedException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what happened, as a sentence with its full stop, without secrets
   */
  public PermissionDeniedException(ApiCall call, String problem) {
    super(ErrorCode.API_PERMISSION_DENIED, call, problem, false, null);
  }
}
