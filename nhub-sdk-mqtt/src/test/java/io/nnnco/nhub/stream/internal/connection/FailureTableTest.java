package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.HandlerFailedException;
import io.nnnco.nhub.stream.HandlerTimeoutException;
import io.nnnco.nhub.stream.KeepAliveTimeoutException;
import io.nnnco.nhub.stream.MissingCredentialsException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ProtocolViolationException;
import io.nnnco.nhub.stream.ProxyAuthenticationException;
import io.nnnco.nhub.stream.ProxyProtocolException;
import io.nnnco.nhub.stream.ProxyRefusedException;
import io.nnnco.nhub.stream.ProxyTunnelException;
import io.nnnco.nhub.stream.ProxyUnreachableException;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.ReasonCode;
import io.nnnco.nhub.stream.StreamException;
import io.nnnco.nhub.stream.internal.transport.Failures;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.EOFException;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;

/**
 * Each way to fail: its typed error, and whether connecting again can mend it. {@code terminal}
 * ends the subscription, {@code transient} does not, {@code at first} is terminal until the
 * subscription has once stood.
 */
class FailureTableTest {
  private static final UsernamePassword USER = user();

  /** Every reason code of MQTT 5, in a CONNACK that refuses and in a DISCONNECT of the server. */
  private static final String REASON_CODES =
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
  private static final String RETURN_CODES =
      """
      1 UNSUPPORTED_PROTOCOL_VERSION | ServerRefused  terminal
      2 CLIENT_IDENTIFIER_NOT_VALID  | ServerRefused  terminal
      3 SERVER_UNAVAILABLE           | ServerRefused  transient
      4 BAD_USER_NAME_OR_PASSWORD    | BadCredentials terminal
      5 NOT_AUTHORIZED               | NotAuthorized  terminal
      6 UNASSIGNED                   | ServerRefused  transient
      """;

  /** Every code of a SUBACK; 0x00 where QoS 1 was asked for is less than was asked for. */
  private static final String SUBACK_CODES =
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
  private static final String ALERTS =
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

  private record IoRow(Phase phase, Throwable error, String type, String verdict) {}

  /** What the JDK throws while connecting, and on a connection that stands. */
  private static final List<IoRow> IO_ERRORS =
      List.of(
          row(Phase.DNS, new UnknownHostException("mqtt.x.nnnco.io"), "HostNotFound", "transient"),
          row(Phase.TCP, new ConnectException("refused"), "ConnectionRefused", "transient"),
          row(Phase.TCP, new NoRouteToHostException("no route"), "ConnectionRefused", "transient"),
          row(Phase.TCP, new PortUnreachableException("icmp"), "ConnectionRefused", "transient"),
          row(Phase.TCP, new SocketTimeoutException("timed out"), "ConnectTimeout", "transient"),
          row(Phase.TCP, new SocketException("unreachable"), "ConnectionLost", "transient"),
          row(Phase.PROXY, new SocketException("reset"), "ConnectionLost", "transient"),
          row(Phase.TLS, new EOFException("closed"), "ConnectionLost", "transient"),
          row(Phase.TLS, new SocketException("Connection reset"), "ConnectionLost", "transient"),
          row(Phase.TLS, tls(new EOFException("no handshake")), "ConnectionLost", "transient"),
          row(Phase.TLS, tls(new SocketException("reset")), "ConnectionLost", "transient"),
          row(Phase.TLS, new SSLException("not an SSL message"), "TlsFailed", "transient"),
          row(Phase.TLS, new SSLHandshakeException("no cipher"), "TlsFailed", "transient"),
          row(Phase.TLS, new SSLProtocolException("bad record"), "TlsFailed", "transient"),
          row(Phase.TLS, new SSLPeerUnverifiedException("peer"), "TlsFailed", "transient"),
          row(Phase.TLS, tls(new CertPathBuilderException("PKIX")), "ServerNotTrusted", "at first"),
          row(Phase.TLS, tls(new CertPathValidatorException()), "ServerNotTrusted", "at first"),
          row(Phase.TLS, tls(new CertificateException("odd")), "ServerNotTrusted", "at first"),
          row(Phase.TLS, tls(name("No name matching h found")), "WrongHostName", "at first"),
          row(Phase.TLS, tls(name("No subject alternative names")), "WrongHostName", "at first"),
          row(
              Phase.TLS,
              tls(new CertificateExpiredException()),
              "ServerCertificateExpired",
              "transient"),
          row(
              Phase.TLS,
              tls(new CertificateNotYetValidException()),
              "ServerCertificateExpired",
              "transient"),
          row(Phase.CONNECT, new EOFException("closed"), "ConnectionLost", "transient"),
          row(Phase.CONNECT, new SSLException("closing inbound"), "ConnectionLost", "transient"),
          row(Phase.SUBSCRIBE, new SocketException("reset"), "ConnectionLost", "transient"),
          row(Phase.STREAM, new SocketException("Broken pipe"), "ConnectionLost", "transient"),
          row(Phase.STREAM, new SSLException("closing inbound"), "ConnectionLost", "transient"),
          row(Phase.STREAM, new IOException("closed"), "ConnectionLost", "transient"));

  /** What no code, alert or I/O error stands behind. */
  private static final List<IoRow> OUR_OWN =
      List.of(
          own(new MissingCredentialsException(Phase.PREPARE, "x.", null), "terminal"),
          own(new ConnectTimeoutException(Phase.CONNECT, "x.", null), "transient"),
          own(new KeepAliveTimeoutException(Phase.STREAM, "x.", null), "transient"),
          own(new ProtocolViolationException(Phase.STREAM, "x.", null), "transient"),
          own(new ProxyUnreachableException(Phase.TCP, "x.", null), "transient"),
          own(new ProxyAuthenticationException(Phase.PROXY, "x.", null), "terminal"),
          own(new ProxyRefusedException(Phase.PROXY, "x.", null), "at first"),
          own(new ProxyTunnelException(Phase.PROXY, "x.", null), "transient"),
          own(new ProxyProtocolException(Phase.PROXY, "x.", null), "transient"),
          own(new HandlerFailedException(Phase.STREAM, "x.", null), "terminal"),
          own(new HandlerTimeoutException(Phase.STREAM, "x.", null), "transient"));

  private static UsernamePassword user() {
    try (FakeNHub fake = FakeNHub.start()) {
      return fake.usernamePassword();
    }
  }

  private static IoRow row(Phase phase, Throwable error, String type, String verdict) {
    return new IoRow(phase, error, type, verdict);
  }

  private static IoRow own(StreamException error, String verdict) {
    return new IoRow(error.phase(), error, shortName(error), verdict);
  }

  private static SSLHandshakeException tls(Throwable cause) {
    SSLHandshakeException error = new SSLHandshakeException("handshake");
    error.initCause(cause);
    return error;
  }

  private static CertificateException name(String message) {
    return new CertificateException(message);
  }

  private static List<List<String>> rows(String table) {
    return table.lines().map(line -> List.of(line.trim().split("[ |]+", -1))).toList();
  }

  private static String shortName(NHubException error) {
    return error.getClass().getSimpleName().replace("Exception", "");
  }

  private static String verdict(NHubException error) {
    boolean first = Severity.isTerminal(error, false);
    boolean later = Severity.isTerminal(error, true);
    return first ? later ? "terminal" : "at first" : later ? "later" : "transient";
  }

  /** Checks a row, and that what a user reads tells whose fault it is and what to do. */
  private static void check(String type, String verdict, NHubException error) {
    assertEquals(type + " " + verdict, shortName(error) + " " + verdict(error), error::toString);
    String text = String.valueOf(error.getMessage());
    assertTrue(text.startsWith(error.code().id()), text);
    assertTrue(text.endsWith(error.advice()), text);
    assertFalse(text.toLowerCase(java.util.Locale.ROOT).contains("unknown error"), text);
  }

  private static StreamException connack(ReasonCode code) {
    return Refusals.connack(code, null, USER);
  }

  private static StreamException alert(Phase phase, String alert) {
    return Failures.of(
        phase, "mqtt", 8883, new SSLHandshakeException("Received fatal alert: " + alert));
  }

  private static StreamException suback(int code) {
    return Refusals.suback(List.of("v4/#"), Qos.AT_LEAST_ONCE, new int[] {code}, USER)
        .orElseThrow();
  }

  @Test
  void reasonCodes_ofConnackAndDisconnect() {
    Set<ReasonCode> seen = EnumSet.noneOf(ReasonCode.class);
    Set<String> texts = new HashSet<>();
    for (List<String> row : rows(REASON_CODES)) {
      ReasonCode code = ReasonCode.of(Integer.decode(row.get(0)));
      assertEquals(row.get(1), code.name());
      assertTrue(seen.add(code), "twice in the table: " + code);
      StreamException disconnect = Refusals.disconnect(code, null);
      check(row.get(4), row.get(5), disconnect);
      assertTrue(texts.add(disconnect.getMessage()), "shared: " + disconnect);
      if (!row.get(2).equals("-")) {
        StreamException refused = connack(code);
        check(row.get(2), row.get(3), refused);
        assertEquals(Phase.CONNECT, refused.phase());
        assertTrue(texts.add(refused.getMessage()), "shared: " + refused);
      }
    }
    assertEquals(EnumSet.allOf(ReasonCode.class), seen, "every code has a row");
  }

  @Test
  void returnCodes_ofMqtt311() {
    for (List<String> row : rows(RETURN_CODES)) {
      ReasonCode code = ReasonCode.ofReturnCode(Integer.parseInt(row.get(0)));
      assertEquals(row.get(1), code.name());
      check(row.get(2), row.get(3), connack(code));
    }
  }

  @Test
  void reasonThatNamesRevocation_isARevokedCertificate_whateverTheCode() {
    for (ReasonCode code : List.of(ReasonCode.NOT_AUTHORIZED, ReasonCode.BANNED)) {
      check("CertificateRevoked", "terminal", Refusals.connack(code, "Certificate REVOKED", USER));
    }
  }

  @Test
  void subackCodes() {
    Set<String> texts = new HashSet<>();
    for (List<String> row : rows(SUBACK_CODES)) {
      StreamException error = suback(Integer.decode(row.get(0)));
      check(row.get(1), row.get(2), error);
      assertEquals(Phase.SUBSCRIBE, error.phase());
      assertTrue(String.valueOf(error.getMessage()).contains("v4/#"), "names the filter");
      assertTrue(texts.add(error.getMessage()), "shared: " + error);
    }
  }

  @Test
  void tlsAlerts_inTheHandshake_andAfterItAsTls13Has() {
    for (Phase phase : List.of(Phase.TLS, Phase.CONNECT)) {
      for (List<String> row : rows(ALERTS)) {
        StreamException error = alert(phase, row.get(0));
        check(row.get(1), row.get(2), error);
        assertTrue(
            String.valueOf(error.getMessage()).contains(": " + row.get(0) + "."), error::toString);
      }
    }
  }

  @Test
  void ioErrors() {
    for (IoRow row : IO_ERRORS) {
      StreamException error = Failures.of(row.phase(), "mqtt", 8883, row.error());
      check(row.type(), row.verdict(), error);
      assertEquals(row.phase(), error.phase(), error::toString);
      assertEquals(row.error(), error.getCause(), "the JDK's own words are kept");
    }
  }

  @Test
  void ourOwn() {
    for (IoRow row : OUR_OWN) {
      check(row.type(), row.verdict(), (NHubException) row.error());
    }
  }

  @Test
  void everyStreamException_hasARow() {
    Set<String> types =
        new ClassFileImporter()
            .importPackagesOf(StreamException.class).stream()
                .filter(type -> type.isAssignableTo(StreamException.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> inTables =
        Stream.of(
                rows(REASON_CODES).stream().flatMap(row -> Stream.of(row.get(2), row.get(4))),
                rows(SUBACK_CODES).stream().map(row -> row.get(1)),
                rows(ALERTS).stream().map(row -> row.get(1)),
                Stream.of(IO_ERRORS, OUR_OWN).flatMap(List::stream).map(IoRow::type),
                Stream.of("CertificateRevoked"))
            .flatMap(names -> names)
            .filter(name -> !name.equals("-"))
            .map(name -> name + "Exception")
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(types, inTables);
  }

  @Test
  void codes_haveAnIdAndAnAdviceOfTheirOwn() {
    List<String> ids = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(code.id().matches("NHUB-[A-Z]+-[0-9]{3}"), code.id());
      assertTrue(code.advice().endsWith("."), code.id() + " has advice, as a sentence");
      ids.add(code.id());
    }
    for (ReasonCode code : ReasonCode.values()) {
      assertTrue(code.advice().endsWith("."), code + " has advice, as a sentence");
      advice.add(code.advice());
    }
    assertEquals(ErrorCode.values().length, Set.copyOf(ids).size(), "ids are unique");
    assertEquals(ReasonCode.values().length, Set.copyOf(advice).size(), "no two share an advice");
    long values = Arrays.stream(ReasonCode.values()).mapToInt(ReasonCode::value).distinct().count();
    assertEquals(ReasonCode.values().length, values, "values are unique");
  }
}
