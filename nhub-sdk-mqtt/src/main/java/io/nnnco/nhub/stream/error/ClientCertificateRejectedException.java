package io.nnnco.nhub.stream.error;

import org.jspecify.annotations.Nullable;

/**
 * The server rejected the client certificate with a TLS alert. If {@link #phase()} is after {@link
 * ConnectionPhase#TLS}, the alert came encrypted from a server whose certificate was verified, and
 * ends the subscription. An alert during the handshake, as with TLS 1.2, may come from anyone: the
 * SDK then reconnects if the subscription was established before.
 */
public final class ClientCertificateRejectedException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** The alert's name. */
  private final String alert;

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had got
   * @param alert the TLS alert, such as {@code certificate_revoked}
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public ClientCertificateRejectedException(
      ConnectionPhase phase, String alert, String problem, @Nullable Throwable cause) {
    this(phase, alert, problem, StreamErrorCode.CLIENT_CERTIFICATE_REJECTED.advice(), cause);
  }

  /**
   * Made by the SDK.
   *
   * @param phase how far the connection had got
   * @param alert the TLS alert, such as {@code certificate_required}
   * @param problem what happened, a sentence
   * @param advice what to do about it
   * @param cause what led to it, or null
   */
  public ClientCertificateRejectedException(
      ConnectionPhase phase,
      String alert,
      String problem,
      String advice,
      @Nullable Throwable cause) {
    super(StreamErrorCode.CLIENT_CERTIFICATE_REJECTED, phase, problem, advice, cause);
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
