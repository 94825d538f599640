package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The server's certificate is trusted, and made out for another host name. */
public final class WrongHostNameException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public WrongHostNameException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.WRONG_HOST_NAME, phase, problem, cause);
  }
}
