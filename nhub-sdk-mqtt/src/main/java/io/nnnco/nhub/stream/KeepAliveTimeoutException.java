package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The bridge did not answer a ping in time: the connection is dead, though nobody closed it (rule
 * M10).
 */
public final class KeepAliveTimeoutException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public KeepAliveTimeoutException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.KEEP_ALIVE_TIMEOUT, phase, problem, cause);
  }
}
