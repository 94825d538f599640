package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.ConnectionLostException;
import io.nnnco.nhub.stream.ConnectionRefusedException;
import io.nnnco.nhub.stream.HostNotFoundException;
import io.nnnco.nhub.stream.LocalFailureException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ServerCertificateExpiredException;
import io.nnnco.nhub.stream.ServerNotTrustedException;
import io.nnnco.nhub.stream.StreamException;
import io.nnnco.nhub.stream.TlsFailedException;
import io.nnnco.nhub.stream.WrongHostNameException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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

/** Tells from an I/O error what really happened, which the JDK hides in causes and messages. */
public final class Failures {
  private static final Pattern ALERT =
      Pattern.compile("(?:Received fatal alert|\\(([a-z_]+)\\) ?Received fatal alert): ([a-z_]+)");

  /** The alerts by which a server says that it does not like the client's certificate. */
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

  private static final String TOO_LONG =
      "The bridge may name too many CAs when it asks for a client certificate: start Java with"
          + " -Djdk.tls.maxHandshakeMessageSize=131072, or have fewer CAs named.";

  private static final String REJECTED_IN_SILENCE =
      "Nothing to do for a single one, the SDK connects again; if it repeats, check that the client"
          + " certificate is of this environment, in date and not revoked.";

  private static final String NO_CERTIFICATE =
      "Connect with a ClientIdentity, or to a port of the bridge that takes user names.";

  private Failures() {}

  /**
   * The typed error for an I/O error, with what is known of the attempt.
   *
   * @param phase how far the connection had come
   * @param request what was asked for
   * @param unanswered whether the server, after a handshake in which this client showed a
   *     certificate, has not said a word
   * @param error what the JDK threw
   */
  static StreamException of(
      Phase phase, ConnectRequest request, boolean unanswered, Throwable error) {
    StreamException failure = of(phase, request.host(), request.port(), error);
    String server = request.host() + ":" + request.port();
    boolean hasCertificate = request.credentials() instanceof ClientIdentity;
    if (failure instanceof ClientCertificateRejectedException rejected && !hasCertificate) {
      return new ClientCertificateRejectedException(
          phase,
          rejected.alert(),
          server + " wants a client certificate, and none was shown: " + rejected.alert() + ".",
          NO_CERTIFICATE,
          error);
    }
    if (failure instanceof TlsFailedException
        && !hasCertificate
        && alert(error).filter("handshake_failure"::equals).isPresent()) {
      return new TlsFailedException(
          phase,
          "TLS with " + server + " failed: handshake_failure. It may want a client certificate,"
              + " and none was shown.",
          error);
    }
    if (failure instanceof ConnectionLostException && phase == Phase.CONNECT && unanswered) {
      return new ConnectionLostException(
          phase,
          "The connection to "
              + server
              + " broke during CONNECT, right after this client had shown its certificate: the"
              + " bridge may have rejected it without a word.",
          REJECTED_IN_SILENCE,
          error);
    }
    return failure;
  }

  /**
   * The typed error for an I/O error.
   *
   * @param phase how far the connection had come
   * @param host the host as it was asked for
   * @param port the port
   * @param error what the JDK threw
   */
  public static StreamException of(Phase phase, String host, int port, Throwable error) {
    String server = host + ":" + port;
    if (isLocal(error)) {
      return new LocalFailureException(
          phase,
          "No connection to "
              + server
              + ", and no network is to blame: a "
              + error.getClass().getSimpleName()
              + " was thrown in this program during "
              + phase
              + ".",
          error);
    }
    if (find(error, UnknownHostException.class).isPresent()) {
      return new HostNotFoundException(Phase.DNS, "No address for " + host + ".", error);
    }
    if (find(error, SSLException.class).isPresent()) {
      return ofTls(phase, server, error);
    }
    if (phase == Phase.TCP) {
      return ofTcp(server, error);
    }
    String during = phase == Phase.STREAM ? "" : " during " + phase;
    return new ConnectionLostException(
        phase, "The connection to " + server + " broke" + during + ".", error);
  }

  private static StreamException ofTcp(String server, Throwable error) {
    if (error instanceof SocketTimeoutException) {
      return new ConnectTimeoutException(Phase.TCP, "No answer from " + server + ".", error);
    }
    if (error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof PortUnreachableException) {
      return new ConnectionRefusedException(
          Phase.TCP, "Nothing accepts connections at " + server + ".", error);
    }
    return new ConnectionLostException(
        Phase.TCP, "The connection to " + server + " could not be opened.", error);
  }

  private static StreamException ofTls(Phase phase, String server, Throwable error) {
    Optional<String> alert = alert(error);
    if (alert.filter(CERTIFICATE_ALERTS::contains).isPresent()) {
      return new ClientCertificateRejectedException(
          phase, alert.get(), rejected(phase, server, alert.get()), error);
    }
    Optional<CertificateException> certificate = find(error, CertificateException.class);
    if (find(error, CertificateExpiredException.class).isPresent()
        || find(error, CertificateNotYetValidException.class).isPresent()) {
      return new ServerCertificateExpiredException(
          phase,
          "The certificate of " + server + " is out of date" + reason(certificate) + ".",
          error);
    }
    if (find(error, CertPathBuilderException.class).isPresent()
        || find(error, CertPathValidatorException.class).isPresent()) {
      return new ServerNotTrustedException(
          phase, "The certificate of " + server + " does not chain to the platform CA.", error);
    }
    if (certificate.isPresent()) {
      return ofCertificate(phase, server, certificate.get(), error);
    }
    if (alert.isEmpty() && (phase.compareTo(Phase.TLS) > 0 || isEnd(error))) {
      return new ConnectionLostException(
          phase, "The connection to " + server + " broke during " + phase + ".", error);
    }
    return ofAgreement(phase, server, alert, error);
  }

  /** Whoever has not proved to be the bridge may say what he likes. */
  private static String rejected(Phase phase, String server, String alert) {
    return phase.compareTo(Phase.TLS) > 0
        ? server + " rejects the client certificate: " + alert + "."
        : "Whoever answers at "
            + server
            + " rejects the client certificate: "
            + alert
            + ". That server has not proved to be the bridge, so a subscription that has stood"
            + " before is tried again.";
  }

  private static StreamException ofCertificate(
      Phase phase, String server, CertificateException certificate, Throwable error) {
    String message = String.valueOf(certificate.getMessage());
    if (message.startsWith("No name matching") || message.startsWith("No subject alternative")) {
      return new WrongHostNameException(
          phase,
          "The certificate of "
              + server
              + " is made out for another name"
              + reason(Optional.of(certificate))
              + ".",
          error);
    }
    return new ServerNotTrustedException(
        phase,
        "The certificate of "
            + server
            + " cannot be trusted"
            + reason(Optional.of(certificate))
            + ".",
        "Tell N-Hub's support, or whoever runs this bridge: the certificate has to be replaced.",
        error);
  }

  private static StreamException ofAgreement(
      Phase phase, String server, Optional<String> alert, Throwable error) {
    Optional<SSLException> tls = find(error, SSLException.class);
    String problem =
        "TLS with "
            + server
            + " failed"
            + alert.map(name -> ": " + name).orElseGet(() -> reason(tls))
            + ".";
    return reason(tls).contains("handshake message")
        ? new TlsFailedException(phase, problem, TOO_LONG, error)
        : new TlsFailedException(phase, problem, error);
  }

  /** What the JDK says, cut. */
  private static String reason(Optional<? extends Throwable> error) {
    String message = error.map(Throwable::getMessage).orElse("");
    String clean = message.replaceAll("[^ -~]", "?").replaceAll("[. ]+$", "");
    return clean.isEmpty() ? "" : ": " + clean.substring(0, Math.min(clean.length(), 200));
  }

  /** Neither the JDK nor an engine has met trouble on the way. */
  private static boolean isLocal(Throwable error) {
    return (error instanceof RuntimeException || error instanceof Error)
        && find(error, IOException.class).isEmpty();
  }

  /** The server closed the connection in the middle of the handshake, without an alert. */
  private static boolean isEnd(Throwable error) {
    return find(error, java.io.EOFException.class).isPresent()
        || find(error, java.net.SocketException.class).isPresent();
  }

  private static Optional<String> alert(Throwable error) {
    return find(error, SSLException.class)
        .map(Throwable::getMessage)
        .map(ALERT::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(2));
  }

  private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      if (at.getCause() == at) {
        break;
      }
    }
    return Optional.empty();
  }
}
