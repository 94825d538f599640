package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that answers the ClientHello with a TLS alert, for each alert that a JDK knows: what the
 * user reads names it. So that it is the JDK's own words that are understood, whichever JDK runs.
 */
class TlsAlertEndToEndTest {
  /** RFC 8446, section 6; those left out there are of TLS 1.2 and before. */
  private static final Map<Integer, String> OF_CERTIFICATES =
      new TreeMap<>(
          Map.of(
              42, "bad_certificate",
              43, "unsupported_certificate",
              44, "certificate_revoked",
              45, "certificate_expired",
              46, "certificate_unknown",
              48, "unknown_ca",
              49, "access_denied",
              116, "certificate_required"));

  private static final Map<Integer, String> OTHERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(10, "unexpected_message"),
              Map.entry(20, "bad_record_mac"),
              Map.entry(22, "record_overflow"),
              Map.entry(40, "handshake_failure"),
              Map.entry(47, "illegal_parameter"),
              Map.entry(50, "decode_error"),
              Map.entry(51, "decrypt_error"),
              Map.entry(70, "protocol_version"),
              Map.entry(71, "insufficient_security"),
              Map.entry(80, "internal_error"),
              Map.entry(86, "inappropriate_fallback"),
              Map.entry(109, "missing_extension"),
              Map.entry(110, "unsupported_extension"),
              Map.entry(112, "unrecognized_name"),
              Map.entry(115, "unknown_psk_identity"),
              Map.entry(120, "no_application_protocol")));

  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void alertsAboutTheCertificate_endTheSubscription_andAreNamed() throws Exception {
    for (Map.Entry<Integer, String> alert : OF_CERTIFICATES.entrySet()) {
      NHubException error = failure(alertOf(alert.getKey()));
      var rejected = assertInstanceOf(ClientCertificateRejectedException.class, error);
      assertEquals(alert.getValue(), rejected.alert());
    }
  }

  @Test
  void otherAlerts_areTlsFailed_andNamed() throws Exception {
    for (Map.Entry<Integer, String> alert : OTHERS.entrySet()) {
      NHubException error = failure(alertOf(alert.getKey()));
      Coded.assertInstanceOf(TlsException.class, StreamErrorCode.TLS_FAILED, error);
      assertTrue(
          String.valueOf(error.getMessage()).contains(": " + alert.getValue() + "."),
          error::toString);
    }
  }

  @Test
  void closedInTheHandshake_isConnectionLostInTls() throws Exception {
    var lost =
        Coded.assertInstanceOf(
            ConnectionException.class, StreamErrorCode.CONNECTION_LOST, failure(new byte[0]));
    assertEquals(ConnectionPhase.TLS, lost.phase());
  }

  @Test
  void bytesThatAreNoTls_isTlsFailed() throws Exception {
    Coded.assertInstanceOf(
        TlsException.class,
        StreamErrorCode.TLS_FAILED,
        failure(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
  }

  /** A fatal alert in a record of its own (RFC 8446, section 5.1). */
  private static byte[] alertOf(int description) {
    return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
  }

  /** How the first attempt fails against a server that answers so and closes. */
  private NHubException failure(byte[] answer) throws Exception {
    Inbox inbox = new Inbox();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        NHubClient nhub =
            NHubClient.builder(
                    NHubEnvironment.at(
                        fake.environment().api(), "localhost", server.getLocalPort()))
                .credentials(fake.identity(DEFAULT_ENTERPRISE))
                .build()) {
      Thread answering = new Thread(() -> answerOnce(server, answer));
      answering.setDaemon(true);
      answering.start();
      nhub.subscribe(SubscribeOptions.builder(DEFAULT_ENTERPRISE).listener(inbox).build(), inbox);
      inbox.takeEvent(SubscriptionEvent.Connecting.class);
      SubscriptionEvent next = inbox.takeEvent(SubscriptionEvent.class);
      return next instanceof SubscriptionEvent.Disconnected down
          ? down.cause()
          : Objects.requireNonNull(assertInstanceOf(SubscriptionEvent.Closed.class, next).cause());
    }
  }

  private static void answerOnce(ServerSocket server, byte[] answer) {
    try (Socket client = server.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readFully(new byte[3]);
      in.readFully(new byte[in.readUnsignedShort()]);
      client.getOutputStream().write(answer);
    } catch (IOException e) {
      // The client has hung up, which is its right.
    }
  }
}
