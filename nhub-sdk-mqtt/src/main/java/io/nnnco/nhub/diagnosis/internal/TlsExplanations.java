package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a handshake failed, and what to do. */
final class TlsExplanations {
  static final Explanation UNSTEADY =
      new Explanation(
          FindingCode.TCP_TIMEOUT,
          "The address accepts a connection only now and then, or another address of the same name"
              + " uses up the time.",
          "Run the doctor again; if it repeats, check the network and tell N-Hub's support which"
              + " addresses do not respond.");
  static final Explanation SILENT =
      new Explanation(
          FindingCode.TLS_TIMEOUT,
          "Something accepts the connection and then says nothing: a port that waits for another"
              + " protocol, a firewall that looks into connections, or a server that hangs.",
          "Check that host and port are the bridge's (port 8883), and whether a firewall inspects"
              + " TLS.");
  private static final Explanation SELF_SIGNED =
      new Explanation(
          FindingCode.TLS_SELF_SIGNED,
          "No CA stands behind the server's certificate: it is a test server, or something else that"
              + " answers in the bridge's place.",
          "Check that host and port are the bridge's, and that no proxy on the way opens TLS.");
  private static final Explanation UNTRUSTED_ISSUER =
      Explanation.of(
          FindingCode.TLS_UNTRUSTED_ISSUER,
          "ca.crt is not the CA of this bridge: it belongs to another environment, it is a system CA,"
              + " or a proxy on the way opens TLS and shows a certificate of its own.");
  private static final Explanation WEAK =
      new Explanation(
          FindingCode.TLS_WEAK_CERTIFICATE,
          "The certificate comes from the right CA, but is too weak, or not meant for a server.",
          "Ask N-Hub's support, or the operator of this bridge, to replace the certificate.");
  private static final Explanation WRONG_HOST =
      Explanation.of(
          FindingCode.TLS_WRONG_HOST,
          "The name that the client connects to is not among those in the certificate: it is an"
              + " alias, an address, or the server of another environment.");
  private static final Explanation EXPIRED =
      Explanation.of(
          FindingCode.TLS_EXPIRED,
          "The bridge's certificate was not renewed, or this machine's clock is ahead.");
  private static final Explanation NOT_YET_VALID =
      Explanation.of(
          FindingCode.TLS_NOT_YET_VALID,
          "This machine's clock is behind, or the bridge's certificate was just renewed.");
  private static final Explanation OLD_PROTOCOL =
      new Explanation(
          FindingCode.TLS_OLD_PROTOCOL,
          "The server offers only versions of TLS that are no longer safe, such as 1.0 or 1.1.",
          "Check that host and port are the bridge's; if they are, its operator must turn on TLS 1.2"
              + " or 1.3.");
  private static final Explanation NO_COMMON_CIPHER =
      new Explanation(
          FindingCode.TLS_NO_COMMON_CIPHER,
          "The server accepts none of the cipher suites with forward secrecy; some servers say the"
              + " same if they want a client certificate and get none.",
          "Check the server's cipher suites (ECDHE with AES-GCM or ChaCha20), and"
              + " jdk.tls.disabledAlgorithms of this Java runtime; with a user name, check that the"
              + " port accepts user names.");
  private static final Explanation HTTP =
      new Explanation(
          FindingCode.TLS_HTTP,
          "A web server without TLS listens there: host or port are not the bridge's, or an HTTP"
              + " proxy was taken for the bridge.",
          "Check host and port of the bridge (port 8883); a proxy is set up with proxy(...).");
  private static final Explanation NOT_TLS =
      new Explanation(
          FindingCode.TLS_NOT_TLS,
          "A server without TLS listens there, such as one of another service.",
          "Check that host and port are the bridge's (port 8883).");
  private static final Explanation CLOSED =
      new Explanation(
          FindingCode.TLS_CLOSED,
          "The other side hung up on the handshake: an MQTT port without TLS (1883), a load balancer"
              + " without a server behind it, or a firewall that cuts TLS.",
          "Check that the port is the bridge's TLS port (8883), and ask whether a firewall inspects"
              + " TLS.");
  private static final Explanation OTHER =
      Explanation.of(FindingCode.TLS_FAILED, "Client and server did not agree on how to encrypt.");

  private TlsExplanations() {}

  static Explanation of(StreamException failure, ServerLook look) {
    ErrorCode code = failure.code();
    if (code == StreamErrorCode.SERVER_NOT_TRUSTED) {
      return untrusted(failure, look);
    } else if (code == StreamErrorCode.WRONG_HOST_NAME) {
      return WRONG_HOST;
    } else if (code == StreamErrorCode.SERVER_CERTIFICATE_EXPIRED) {
      return Problems.has(failure, CertificateNotYetValidException.class) ? NOT_YET_VALID : EXPIRED;
    } else if (look.isHttp()) {
      return HTTP;
    } else if (look.isPlainText()) {
      return NOT_TLS;
    } else if (code == StreamErrorCode.CONNECTION_LOST) {
      return CLOSED;
    }
    return disagreement(failure);
  }

  private static Explanation untrusted(StreamException failure, ServerLook look) {
    boolean noPath =
        Problems.has(failure, CertPathBuilderException.class)
            || Problems.has(failure, CertPathValidatorException.class);
    if (!noPath) {
      return WEAK;
    }
    return look.isSelfSigned() ? SELF_SIGNED : UNTRUSTED_ISSUER;
  }

  /** The JDK has no types for these. */
  private static Explanation disagreement(StreamException failure) {
    String said =
        Problems.find(failure, SSLException.class)
            .map(error -> String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT))
            .orElse("");
    if (said.contains("protocol_version") || said.contains("protocol version")) {
      return OLD_PROTOCOL;
    }
    return said.contains("handshake_failure") || said.contains("insufficient_security")
        ? NO_COMMON_CIPHER
        : OTHER;
  }
}
