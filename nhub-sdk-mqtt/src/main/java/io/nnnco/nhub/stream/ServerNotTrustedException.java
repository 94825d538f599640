package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate does not chain to the platform CA (rule M2), or is weak or no server's.
 */
public final class ServerNotTrustedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ServerNotTrustedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_NOT_TRUSTED, phase, problem, cause);
  }

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param advice what to do about it
   * @param cause what led to it, or null
   */
  public ServerNotTrustedException(
      Phase phase, String problem, String advice, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_NOT_TRUSTED, phase, problem, advice, cause);
  }
}
