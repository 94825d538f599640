package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The server sent what MQTT does not allow. */
public final class ProtocolViolationException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ProtocolViolationException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.PROTOCOL_VIOLATION, phase, problem, cause);
  }
}
