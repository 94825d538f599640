package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/** The bridge says that the client certificate is revoked. */
public final class CertificateRevokedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had got
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public CertificateRevokedException(
      ConnectionPhase phase, String problem, @Nullable Throwable cause) {
    super(StreamErrorCode.CERTIFICATE_REVOKED, phase, problem, cause);
  }
}
