package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The server's certificate is out of date, or this machine's clock is wrong. */
public final class ServerCertificateExpiredException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had come
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ServerCertificateExpiredException(Phase phase, String problem, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_CERTIFICATE_EXPIRED, phase, problem, cause);
  }
}
