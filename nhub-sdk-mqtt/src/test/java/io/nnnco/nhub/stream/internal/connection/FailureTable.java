package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;

/**
 * Each way to fail: its typed error, and whether a reconnect can fix it. {@code terminal} ends the
 * subscription, {@code transient} does not, {@code at first} is terminal until the subscription has
 * once stood.
 */
final class FailureTable {
  private FailureTable() {}

  /** Every reason code of MQTT 5, in a CONNACK that refuses and in a DISCONNECT of the server. */
  static final String REASON_CODES =
      """
      0x00 NORMAL_DISCONNECTION                   | -                  -         | ServerDisconnected transient
      0x80 UNSPECIFIED_ERROR                      | ServerRefused      transient | ServerDisconnected transient
      0x81 MALFORMED_PACKET                       | ServerRefused      transient | ServerDisconnected transient
      0x82 PROTOCOL_ERROR                         | ServerRefused      transient | ServerDisconnected transient
      0x83 IMPLEMENTATION_SPECIFIC_ERROR          | ServerRefused      transient | ServerDisconnected transient
      0x84 UNSUPPORTED_PROTOCOL_VERSION           | ServerRefused      terminal  | ServerDisconnected terminal
      0x85 CLIENT_IDENTIFIER_NOT_VALID            | ServerRefused      terminal  | ServerDisconnected terminal
      0x86 BAD_USER_NAME_OR_PASSWORD              | BadCredentials     terminal  | ServerDisconnected terminal
      0x87 NOT_AUTHORIZED                         | NotAuthorized      terminal  | ServerDisconnected terminal
      0x88 SERVER_UNAVAILABLE                     | ServerRefused      transient | ServerDisconnected transient
      0x89 SERVER_BUSY                            | ServerRefused      transient | ServerDisconnected transient
      0x8A BANNED                                 | ServerRefused      terminal  | ServerDisconnected terminal
      0x8B SERVER_SHUTTING_DOWN                   | ServerRefused      transient | ServerDisconnected transient
      0x8C BAD_AUTHENTICATION_METHOD              | ServerRefused      terminal  | ServerDisconnected terminal
      0x8D KEEP_ALIVE_TIMEOUT                     | ServerRefused      transient | ServerDisconnected transient
      0x8E SESSION_TAKEN_OVER                     | ServerRefused      terminal  | SessionTakenOver   terminal
      0x8F TOPIC_FILTER_INVALID                   | ServerRefused      terminal  | ServerDisconnected terminal
      0x90 TOPIC_NAME_INVALID                     | ServerRefused      transient | ServerDisconnected transient
      0x91 PACKET_IDENTIFIER_IN_USE               | ServerRefused      transient | ServerDisconnected transient
      0x92 PACKET_IDENTIFIER_NOT_FOUND            | ServerRefused      transient | ServerDisconnected transient
      0x93 RECEIVE_MAXIMUM_EXCEEDED               | ServerRefused      transient | ServerDisconnected transient
      0x94 TOPIC_ALIAS_INVALID                    | ServerRefused      transient | ServerDisconnected transient
      0x95 PACKET_TOO_LARGE                       | ServerRefused      transient | ServerDisconnected transient
      0x96 MESSAGE_RATE_TOO_HIGH                  | ServerRefused      transient | ServerDisconnected transient
      0x97 QUOTA_EXCEEDED                         | ServerRefused      transient | ServerDisconnected transient
      0x98 ADMINISTRATIVE_ACTION                  | ServerRefused      transient | ServerDisconnected transient
      0x99 PAYLOAD_FORMAT_INVALID                 | ServerRefused      transient | ServerDisconnected transient
      0x9A RETAIN_NOT_SUPPORTED                   | ServerRefused      transient | ServerDisconnected transient
      0x9B QOS_NOT_SUPPORTED                      | ServerRefused      terminal  | ServerDisconnected terminal
      0x9C USE_ANOTHER_SERVER                     | ServerRefused      transient | ServerDisconnected transient
      0x9D SERVER_MOVED                           | ServerRefused      terminal  | ServerDisconnected terminal
      0x9E SHARED_SUBSCRIPTIONS_NOT_SUPPORTED     | ServerRefused      terminal  | ServerDisconnected terminal
      0x9F CONNECTION_RATE_EXCEEDED               | ServerRefused      transient | ServerDisconnected transient
      0xA0 MAXIMUM_CONNECT_TIME                   | ServerRefused      transient | ServerDisconnected transient
      0xA1 SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED | ServerRefused      transient | ServerDisconnected transient
      0xA2 WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED   | ServerRefused      terminal  | ServerDisconnected terminal
      0xB0 UNASSIGNED                             | ServerRefused      transient | ServerDisconnected transient
      """;

  /** Every return code of MQTT 3.1.1 that refuses, and one that it does not define. */
  static final String RETURN_CODES =
      """
      1 UNSUPPORTED_PROTOCOL_VERSION | ServerRefused  terminal
      2 CLIENT_IDENTIFIER_NOT_VALID  | ServerRefused  terminal
      3 SERVER_UNAVAILABLE           | ServerRefused  transient
      4 BAD_USER_NAME_OR_PASSWORD    | BadCredentials terminal
      5 NOT_AUTHORIZED               | NotAuthorized  terminal
      6 UNASSIGNED                   | ServerRefused  transient
      """;

  /** Every code of a SUBACK; 0x00 where QoS 1 was asked for is less than was asked for. */
  static final String SUBACK_CODES =
      """
      0x00 | SubscriptionRefused terminal
      0x80 | SubscriptionRefused terminal
      0x83 | SubscriptionRefused terminal
      0x87 | SubscriptionRefused terminal
      0x8F | SubscriptionRefused terminal
      0x91 | SubscriptionRefused terminal
      0x97 | SubscriptionRefused transient
      0x9E | SubscriptionRefused terminal
      0xA1 | SubscriptionRefused terminal
      0xA2 | SubscriptionRefused terminal
      """;

  /** Every TLS alert that a JDK can receive (RFC 8446, section 6, and those of TLS 1.2). */
  static final String ALERTS =
      """
      bad_certificate                 | ClientCertificateRejected terminal
      unsupported_certificate         | ClientCertificateRejected terminal
      certificate_revoked             | ClientCertificateRejected terminal
      certificate_expired             | ClientCertificateRejected terminal
      certificate_unknown             | ClientCertificateRejected terminal
      certificate_required            | ClientCertificateRejected terminal
      unknown_ca                      | ClientCertificateRejected terminal
      access_denied                   | ClientCertificateRejected terminal
      unexpected_message              | TlsFailed transient
      bad_record_mac                  | TlsFailed transient
      decryption_failed               | TlsFailed transient
      record_overflow                 | TlsFailed transient
      decompression_failure           | TlsFailed transient
      handshake_failure               | TlsFailed transient
      no_certificate                  | TlsFailed transient
      illegal_parameter               | TlsFailed transient
      decode_error                    | TlsFailed transient
      decrypt_error                   | TlsFailed transient
      export_restriction              | TlsFailed transient
      protocol_version                | TlsFailed transient
      insufficient_security           | TlsFailed transient
      internal_error                  | TlsFailed transient
      inappropriate_fallback          | TlsFailed transient
      user_canceled                   | TlsFailed transient
      no_renegotiation                | TlsFailed transient
      missing_extension               | TlsFailed transient
      unsupported_extension           | TlsFailed transient
      certificate_unobtainable        | TlsFailed transient
      unrecognized_name               | TlsFailed transient
      bad_certificate_status_response | TlsFailed transient
      bad_certificate_hash_value      | TlsFailed transient
      unknown_psk_identity            | TlsFailed transient
      no_application_protocol         | TlsFailed transient
      """;

  record IoRow(ConnectionPhase phase, Throwable error, String type, String verdict) {}

  /** What the JDK throws while connecting, and on a connection that stands. */
  static final List<IoRow> IO_ERRORS =
      List.of(
          row(
              ConnectionPhase.DNS,
              new UnknownHostException("mqtt.x.nnnco.io"),
              "HostNotFound",
              "transient"),
          row(
              ConnectionPhase.TCP,
              new ConnectException("refused"),
              "ConnectionRefused",
              "transient"),
          row(
              ConnectionPhase.TCP,
              new NoRouteToHostException("no route"),
              "ConnectionRefused",
              "transient"),
          row(
              ConnectionPhase.TCP,
              new PortUnreachableException("icmp"),
              "ConnectionRefused",
              "transient"),
          row(
              ConnectionPhase.TCP,
              new SocketTimeoutException("timed out"),
              "ConnectTimeout",
              "transient"),
          row(
              ConnectionPhase.TCP,
              new SocketException("unreachable"),
              "ConnectionLost",
              "transient"),
          row(ConnectionPhase.PROXY, new SocketException("reset"), "ConnectionLost", "transient"),
          row(ConnectionPhase.TLS, new EOFException("closed"), "ConnectionLost", "transient"),
          row(
              ConnectionPhase.TLS,
              new SocketException("Connection reset"),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.TLS,
              tls(new EOFException("no handshake")),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.TLS,
              tls(new SocketException("reset")),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.TLS,
              new SSLException("not an SSL message"),
              "TlsFailed",
              "transient"),
          row(
              ConnectionPhase.TLS,
              new SSLHandshakeException("no cipher"),
              "TlsFailed",
              "transient"),
          row(
              ConnectionPhase.TLS,
              new SSLProtocolException("bad record"),
              "TlsFailed",
              "transient"),
          row(
              ConnectionPhase.TLS,
              new SSLPeerUnverifiedException("peer"),
              "TlsFailed",
              "transient"),
          row(
              ConnectionPhase.TLS,
              tls(new CertPathBuilderException("PKIX")),
              "ServerNotTrusted",
              "at first"),
          row(
              ConnectionPhase.TLS,
              tls(new CertPathValidatorException()),
              "ServerNotTrusted",
              "at first"),
          row(
              ConnectionPhase.TLS,
              tls(new CertificateException("odd")),
              "ServerNotTrusted",
              "at first"),
          row(
              ConnectionPhase.TLS,
              tls(name("No name matching h found")),
              "WrongHostName",
              "at first"),
          row(
              ConnectionPhase.TLS,
              tls(name("No subject alternative names")),
              "WrongHostName",
              "at first"),
          row(
              ConnectionPhase.TLS,
              tls(new CertificateExpiredException()),
              "ServerCertificateExpired",
              "transient"),
          row(
              ConnectionPhase.TLS,
              tls(new CertificateNotYetValidException()),
              "ServerCertificateExpired",
              "transient"),
          row(ConnectionPhase.CONNECT, new EOFException("closed"), "ConnectionLost", "transient"),
          row(
              ConnectionPhase.CONNECT,
              new SSLException("closing inbound"),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.SUBSCRIBE,
              new SocketException("reset"),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.STREAM,
              new SocketException("Broken pipe"),
              "ConnectionLost",
              "transient"),
          row(
              ConnectionPhase.STREAM,
              new SSLException("closing inbound"),
              "ConnectionLost",
              "transient"),
          row(ConnectionPhase.STREAM, new IOException("closed"), "ConnectionLost", "transient"),
          row(
              ConnectionPhase.TLS,
              new IllegalArgumentException("defect"),
              "LocalFailure",
              "at first"),
          row(ConnectionPhase.CONNECT, new StackOverflowError(), "LocalFailure", "transient"),
          row(ConnectionPhase.CONNECT, new OutOfMemoryError("heap"), "OutOfMemory", "transient"),
          row(
              ConnectionPhase.STREAM,
              new IOException("reading failed", new OutOfMemoryError("heap")),
              "OutOfMemory",
              "transient"),
          row(
              ConnectionPhase.CONNECT,
              new UncheckedIOException(new SocketException("reset")),
              "ConnectionLost",
              "transient"));

  /** What no code, alert or I/O error stands behind. */
  static final List<IoRow> OUR_OWN =
      List.of(
          own(
              new AuthenticationException(
                  StreamErrorCode.MISSING_CREDENTIALS, ConnectionPhase.PREPARE, "x.", null),
              "terminal"),
          own(
              new ConnectionException(
                  StreamErrorCode.CONNECT_TIMEOUT, ConnectionPhase.CONNECT, "x.", null),
              "transient"),
          own(
              new ConnectionException(
                  StreamErrorCode.KEEP_ALIVE_TIMEOUT, ConnectionPhase.STREAM, "x.", null),
              "transient"),
          own(
              new ConnectionException(
                  StreamErrorCode.PACKET_TOO_LARGE, ConnectionPhase.STREAM, "x.", null),
              "transient"),
          own(
              new ConnectionException(
                  StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM, "x.", null),
              "transient"),
          own(
              new ProxyException(
                  StreamErrorCode.PROXY_UNREACHABLE, ConnectionPhase.TCP, "x.", null),
              "transient"),
          own(
              new ProxyException(
                  StreamErrorCode.PROXY_AUTHENTICATION, ConnectionPhase.PROXY, "x.", null),
              "at first"),
          own(
              new ProxyException(StreamErrorCode.PROXY_REFUSED, ConnectionPhase.PROXY, "x.", null),
              "at first"),
          own(
              new ProxyException(StreamErrorCode.PROXY_TUNNEL, ConnectionPhase.PROXY, "x.", null),
              "transient"),
          own(
              new ProxyException(StreamErrorCode.PROXY_PROTOCOL, ConnectionPhase.PROXY, "x.", null),
              "transient"),
          own(
              new HandlerException(
                  StreamErrorCode.HANDLER_FAILED, ConnectionPhase.STREAM, "x.", null),
              "terminal"),
          own(
              new HandlerException(
                  StreamErrorCode.HANDLER_TIMEOUT, ConnectionPhase.STREAM, "x.", null),
              "transient"));

  static IoRow row(ConnectionPhase phase, Throwable error, String type, String verdict) {
    return new IoRow(phase, error, type, verdict);
  }

  static IoRow own(StreamException error, String verdict) {
    return new IoRow(error.phase(), error, shortName(error), verdict);
  }

  static SSLHandshakeException tls(Throwable cause) {
    SSLHandshakeException error = new SSLHandshakeException("handshake");
    error.initCause(cause);
    return error;
  }

  static CertificateException name(String message) {
    return new CertificateException(message);
  }

  static List<List<String>> rows(String table) {
    return table.lines().map(line -> List.of(line.trim().split("[ |]+", -1))).toList();
  }

  static String shortName(NHubException error) {
    return error instanceof SubscriptionRefusedException
        ? "SubscriptionRefused"
        : shortName((StreamErrorCode) error.code());
  }

  /** Such as {@code TlsFailed}. */
  static String shortName(StreamErrorCode code) {
    return Pattern.compile("(?:^|_)([A-Z])([A-Z]*)")
        .matcher(code.name())
        .replaceAll(word -> word.group(1) + word.group(2).toLowerCase(Locale.ROOT));
  }

  static String verdict(NHubException error) {
    boolean first = Severity.isTerminal(error, false);
    boolean later = Severity.isTerminal(error, true);
    return first ? later ? "terminal" : "at first" : later ? "later" : "transient";
  }

  /** Checks a row, and that what a user reads tells whose fault it is and what to do. */
  static void check(String type, String verdict, NHubException error) {
    assertEquals(type + " " + verdict, shortName(error) + " " + verdict(error), error::toString);
    String text = String.valueOf(error.getMessage());
    assertTrue(text.startsWith(error.code().id()), text);
    assertTrue(text.endsWith(error.advice()), text);
    assertFalse(text.toLowerCase(Locale.ROOT).contains("unknown error"), text);
  }
}
