package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.ConnectionLostException;
import io.nnnco.nhub.stream.ConnectionRefusedException;
import io.nnnco.nhub.stream.HostNotFoundException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ServerCertificateExpiredException;
import io.nnnco.nhub.stream.ServerNotTrustedException;
import io.nnnco.nhub.stream.StreamException;
import io.nnnco.nhub.stream.TlsFailedException;
import io.nnnco.nhub.stream.WrongHostNameException;
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

  private Failures() {}

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
          alert.get(), server + " rejects the client certificate: " + alert.get() + ".", error);
    }
    if (find(error, CertificateExpiredException.class).isPresent()
        || find(error, CertificateNotYetValidException.class).isPresent()) {
      return new ServerCertificateExpiredException(
          phase, "The certificate of " + server + " is out of date.", error);
    }
    if (find(error, CertPathBuilderException.class).isPresent()
        || find(error, CertPathValidatorException.class).isPresent()) {
      return new ServerNotTrustedException(
          phase, "The certificate of " + server + " does not chain to the platform CA.", error);
    }
    if (find(error, CertificateException.class).isPresent()) {
      return ofCertificate(phase, server, error);
    }
    if (alert.isEmpty() && (phase.compareTo(Phase.TLS) > 0 || isEnd(error))) {
      return new ConnectionLostException(
          phase, "The connection to " + server + " broke during " + phase + ".", error);
    }
    return new TlsFailedException(
        phase, "TLS with " + server + " failed" + alert.map(a -> ": " + a).orElse("") + ".", error);
  }

  private static StreamException ofCertificate(Phase phase, String server, Throwable error) {
    String message = find(error, CertificateException.class).map(Throwable::getMessage).orElse("");
    if (message.contains("No name matching") || message.contains("No subject alternative")) {
      return new WrongHostNameException(
          phase, "The certificate of " + server + " is made out for another name.", error);
    }
    return new ServerNotTrustedException(
        phase, "The certificate of " + server + " cannot be trusted.", error);
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
