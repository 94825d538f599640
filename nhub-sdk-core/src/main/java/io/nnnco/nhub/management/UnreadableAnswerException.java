package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;

/**
 * A successful status whose body is not the documented JSON: a proxy's HTML page, an empty body, a
 * field of the wrong type, a list that lacks entries or does not end, more than 8 MiB or 250,000
 * JSON values. The body itself is not shown, since it may hold secrets.
 */
public final class UnreadableAnswerException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param call the request and its answer
   * @param problem what is wrong with the body, as a sentence with its full stop, without secrets
   */
  public UnreadableAnswerException(ApiCall call, String problem) {
    super(ErrorCode.API_UNREADABLE_ANSWER, call, problem, call.method().equals("POST"), null);
  }
}
