package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The bridge knows who connects and refuses (rules M3 and M5). */
public final class NotAuthorizedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public NotAuthorizedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.NOT_AUTHORIZED, phase, problem, cause);
  }
}
