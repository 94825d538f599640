package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * Another client connected with the same client id and took the session (MQTT 5, reason code 0x8E).
 */
public final class SessionTakenOverException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public SessionTakenOverException(
      ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(StreamErrorCode.SESSION_TAKEN_OVER, phase, problem, cause);
  }
}
