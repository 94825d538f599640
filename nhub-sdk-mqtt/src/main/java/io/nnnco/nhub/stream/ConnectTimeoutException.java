package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** No connection within the deadline that spans DNS, TCP, TLS, CONNECT and SUBSCRIBE. */
public final class ConnectTimeoutException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ConnectTimeoutException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.CONNECT_TIMEOUT, phase, problem, cause);
  }
}
