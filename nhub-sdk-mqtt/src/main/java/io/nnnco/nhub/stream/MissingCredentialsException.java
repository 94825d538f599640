package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A subscription was asked for, and the client was built without credentials for the bridge. */
public final class MissingCredentialsException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public MissingCredentialsException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.MISSING_CREDENTIALS, phase, problem, cause);
  }
}
