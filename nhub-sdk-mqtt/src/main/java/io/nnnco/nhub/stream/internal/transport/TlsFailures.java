package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.error.TlsException;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Finds out from a TLS error which side rejected what. */
final class TlsFailures {
  private static final Pattern ALERT =
      Pattern.compile("(?:Received fatal alert|\\(([a-z_]+)\\) ?Received fatal alert): ([a-z_]+)");

  /** The alerts with which a server rejects the client's certificate. */
  private static final Set<String> CERTIFICATE_ALERTS =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "certificate_required",
          "unknown_ca",
          "access_denied");

  private static final String UNPROVEN =
      ". That server has not proved to be the bridge, so the SDK reconnects if the subscription"
          + " has been established before.";

  private static final String NO_CERTIFICATE =
      "Connect with a ClientIdentity, or to a port of the bridge that accepts user names.";

  private static final String TOO_LONG =
      "The bridge may name too many CAs when it asks for a client certificate: start Java with"
          + " -Djdk.tls.maxHandshakeMessageSize=131072, or have the bridge name fewer.";

  private TlsFailures() {}

  /**
   * The typed error for a TLS error.
   *
   * @param phase how far the connection had come
   * @param server host and port
   * @param error what the JDK threw
   */
  static StreamException of(ConnectionPhase phase, String server, Throwable error) {
    Optional<String> alert = alert(error);
    if (alert.filter(CERTIFICATE_ALERTS::contains).isPresent()) {
      return new ClientCertificateRejectedException(
          phase, alert.get(), rejected(phase, server, alert.get()), error);
    }
    Optional<CertificateException> certificate = IoErrors.find(error, CertificateException.class);
    if (IoErrors.find(error, CertificateExpiredException.class).isPresent()
        || IoErrors.find(error, CertificateNotYetValidException.class).isPresent()) {
      return new TlsException(
          StreamErrorCode.SERVER_CERTIFICATE_EXPIRED,
          phase,
          "The certificate of " + server + " is out of date" + reason(certificate) + ".",
          error);
    }
    if (IoErrors.find(error, CertPathBuilderException.class).isPresent()
        || IoErrors.find(error, CertPathValidatorException.class).isPresent()) {
      return new TlsException(
          StreamErrorCode.SERVER_NOT_TRUSTED,
          phase,
          "The certificate of " + server + " does not chain to the platform CA.",
          error);
    }
    if (certificate.isPresent()) {
      return ofCertificate(phase, server, certificate.get(), error);
    }
    if (alert.isEmpty() && (phase.compareTo(ConnectionPhase.TLS) > 0 || isEnd(error))) {
      return new ConnectionException(
          StreamErrorCode.CONNECTION_LOST,
          phase,
          "The connection to " + server + " broke during " + phase + ".",
          error);
    }
    return ofAgreement(phase, server, alert, error);
  }

  /** A peer that has not proved to be the bridge may say anything. */
  private static String rejected(ConnectionPhase phase, String server, String alert) {
    return phase.compareTo(ConnectionPhase.TLS) > 0
        ? server + " rejects the client certificate: " + alert + "."
        : "The server at " + server + " rejects the client certificate: " + alert + UNPROVEN;
  }

  private static StreamException ofCertificate(
      ConnectionPhase phase, String server, CertificateException certificate, Throwable error) {
    String message = String.valueOf(certificate.getMessage());
    if (message.startsWith("No name matching") || message.startsWith("No subject alternative")) {
      return new TlsException(
          StreamErrorCode.WRONG_HOST_NAME,
          phase,
          "The certificate of "
              + server
              + " was issued for another name"
              + reason(Optional.of(certificate))
              + ".",
          error);
    }
    return new TlsException(
        StreamErrorCode.SERVER_NOT_TRUSTED,
        phase,
        "The certificate of "
            + server
            + " cannot be trusted"
            + reason(Optional.of(certificate))
            + ".",
        "Ask N-Hub's support, or the operator of this bridge, to replace the certificate.",
        error);
  }

  private static StreamException ofAgreement(
      ConnectionPhase phase, String server, Optional<String> alert, Throwable error) {
    Optional<SSLException> tls = IoErrors.find(error, SSLException.class);
    String problem =
        "TLS with "
            + server
            + " failed"
            + alert.map(name -> ": " + name).orElseGet(() -> reason(tls))
            + ".";
    return reason(tls).contains("handshake message")
        ? new TlsException(StreamErrorCode.TLS_FAILED, phase, problem, TOO_LONG, error)
        : new TlsException(StreamErrorCode.TLS_FAILED, phase, problem, error);
  }

  /** What the JDK says, without a full stop of its own. */
  private static String reason(Optional<? extends Throwable> error) {
    String message = error.map(Throwable::getMessage).orElse("");
    String clean = message.replaceAll("[. ]+$", "");
    return clean.isEmpty() ? "" : ": " + ForeignText.shown(clean);
  }

  /** The same, if this client had no certificate to present. */
  static StreamException withoutCertificate(StreamException failure, String server) {
    Throwable cause = failure.getCause();
    if (failure instanceof ClientCertificateRejectedException rejected) {
      return new ClientCertificateRejectedException(
          failure.phase(),
          rejected.alert(),
          server
              + " requires a client certificate, and none was presented: "
              + rejected.alert()
              + (failure.phase().compareTo(ConnectionPhase.TLS) > 0 ? "." : UNPROVEN),
          NO_CERTIFICATE,
          cause);
    }
    if (failure.code() == StreamErrorCode.TLS_FAILED
        && cause != null
        && alert(cause).filter("handshake_failure"::equals).isPresent()) {
      return new TlsException(
          StreamErrorCode.TLS_FAILED,
          failure.phase(),
          "TLS with "
              + server
              + " failed: handshake_failure. It may require a client certificate, and none was presented.",
          cause);
    }
    return failure;
  }

  /** The server closed the connection in the middle of the handshake, without an alert. */
  private static boolean isEnd(Throwable error) {
    return IoErrors.find(error, EOFException.class).isPresent()
        || IoErrors.find(error, SocketException.class).isPresent();
  }

  private static Optional<String> alert(Throwable error) {
    return IoErrors.find(error, SSLException.class)
        .map(Throwable::getMessage)
        .map(ALERT::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(2));
  }
}
