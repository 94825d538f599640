package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A handler took longer than the deadline for one message. */
public final class HandlerTimeoutException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public HandlerTimeoutException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.HANDLER_TIMEOUT, phase, problem, cause);
  }
}
