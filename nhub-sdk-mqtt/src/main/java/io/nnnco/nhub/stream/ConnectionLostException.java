package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The connection broke: reset, closed without a DISCONNECT, or an I/O error. */
public final class ConnectionLostException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ConnectionLostException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.CONNECTION_LOST, phase, problem, cause);
  }

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param advice what to do about it
   * @param cause what led to it, or null
   */
  public ConnectionLostException(
      Phase phase, String problem, String advice, @Nullable Throwable cause) {
    super(ErrorCode.CONNECTION_LOST, phase, problem, advice, cause);
  }
}
