package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The bridge does not know the username, or the token is wrong (rules M4 and M5). */
public final class BadCredentialsException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public BadCredentialsException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.BAD_CREDENTIALS, phase, problem, cause);
  }
}
