package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * A handler failed after its last retry, or exceeded the deadline for one message. {@link #code()}
 * says which.
 */
public final class HandlerException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public HandlerException(
      StreamErrorCode code, ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(code, phase, problem, cause);
  }
}
