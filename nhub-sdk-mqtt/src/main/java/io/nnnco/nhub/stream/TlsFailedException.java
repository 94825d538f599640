package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** TLS could not be agreed on: no common protocol version or cipher, or not TLS at all. */
public final class TlsFailedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public TlsFailedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.TLS_FAILED, phase, problem, cause);
  }

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param advice what to do about it
   * @param cause what led to it, or null
   */
  public TlsFailedException(Phase phase, String problem, String advice, @Nullable Throwable cause) {
    super(ErrorCode.TLS_FAILED, phase, problem, advice, cause);
  }
}
