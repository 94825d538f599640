package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A handler failed for good, and the failure policy says to stop. */
public final class HandlerFailedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public HandlerFailedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.HANDLER_FAILED, phase, problem, cause);
  }
}
