package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;

/**
 * An answer with a status the API does not document: a redirect, which is never followed, or a 4xx
 * without a type of its own.
 */
public final class UnexpectedStatusException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what happened, as a sentence with its full stop, without secrets
   */
  public UnexpectedStatusException(ApiCall call, String problem) {
    super(ErrorCode.API_UNEXPECTED_STATUS, call, problem, false, null);
  }
}
