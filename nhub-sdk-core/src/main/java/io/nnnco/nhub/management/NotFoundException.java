package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;

/** What was asked for does not exist, or belongs to another enterprise (HTTP 404, rule R9). */
public final class NotFoundException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what happened, as a sentence with its full stop, without secrets
   */
  public NotFoundException(ApiCall call, String problem) {
    super(ErrorCode.API_NOT_FOUND, call, problem, false, null);
  }
}
