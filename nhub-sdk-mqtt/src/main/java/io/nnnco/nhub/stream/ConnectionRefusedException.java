package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Nothing accepted the connection, or a firewall answered in its place. */
public final class ConnectionRefusedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ConnectionRefusedException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.CONNECTION_REFUSED, phase, problem, cause);
  }
}
