package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The bridge ended the TLS handshake with an alert about the client certificate. */
public final class ClientCertificateRejectedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** The alert's name. */
  private final String alert;

  /**
   * Made by the SDK.
   *
   * @param alert the TLS alert, such as {@code certificate_revoked}
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ClientCertificateRejectedException(
      String alert, String problem, @Nullable Throwable cause) {
    super(ErrorCode.CLIENT_CERTIFICATE_REJECTED, Phase.TLS, problem, cause);
    this.alert = alert;
  }

  /**
   * What the server said.
   *
   * @return the name of the TLS alert (RFC 8446, section 6.2), such as {@code certificate_revoked}
   */
  public String alert() {
    return alert;
  }
}
