package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The bridge's host name has no address. */
public final class HostNotFoundException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public HostNotFoundException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.HOST_NOT_FOUND, phase, problem, cause);
  }
}
