package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong before a connection stands. */
abstract class ConnectingFaults extends FaultsFixture {
  ConnectingFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d11_failingConnections_doNotDelayAnother() {
    for (int i = 0; i < 5; i++) {
      RecordingListener failing = new RecordingListener();
      open(to("localhost", ClosedPort.number(), RawBroker.credentials()).build(), failing);
      failing.awaitFailure(
          ConnectionException.class, StreamErrorCode.CONNECTION_REFUSED, ConnectionPhase.TCP);
    }
    subscribe(request());
  }

  @Test
  void d12_abortAfterAFailure_preventsAReconnect() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.reset();
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT);
    transport.disconnect(true);
    transport.abort();
    awaitNoThreads();
    assertEquals(List.of("closed"), listener.heard());
  }

  @Test
  void d14_abortWithoutAConnack_leavesNothing() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    assertEquals(ConnectionPhase.CONNECT, transport.phase());
    transport.abort();
    listener.awaitClosed();
    assertEquals(List.of(), peer.readToEnd());
    awaitNoThreads();
  }

  @Test
  void d16_manyConnectionsAtOnce_doNotWaitForEachOther() {
    List<RecordingListener> listeners = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RecordingListener hears = new RecordingListener();
      listeners.add(hears);
      open(request().build(), hears);
    }
    List<Peer> peers = listeners.stream().map(each -> broker.accept()).toList();
    peers.forEach(Peer::accept);
    peers.forEach(Peer::grant);
    listeners.forEach(RecordingListener::awaitSubscribed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void d31_namesAndAddresses_bothConnect(String host) {
    open(to(host, broker.port(), RawBroker.credentials()).build());
    broker.accept().welcome();
    listener.awaitSubscribed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void d31_ipv6Address_isUsedAsAnAddress(String host) {
    open(to(host, ClosedPort.number(), RawBroker.credentials()).build());
    ConnectionException refused =
        listener.awaitFailure(
            ConnectionException.class, StreamErrorCode.CONNECTION_REFUSED, ConnectionPhase.TCP);
    assertTrue(String.valueOf(refused.getMessage()).contains("::1"), refused.getMessage());
  }

  @Test
  void d31_hostNameWithAnUnderscore_isResolved() {
    open(to("no_such_host.invalid", 8883, RawBroker.credentials()).build());
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.HOST_NOT_FOUND, ConnectionPhase.DNS);
  }

  @Test
  void d32_untrustedServer_isATlsError() {
    try (FakeNHub other = FakeNHub.builder().leakCheck(false).start()) {
      open(to("localhost", broker.port(), other.identity()).build());
      listener.awaitFailure(
          TlsException.class, StreamErrorCode.SERVER_NOT_TRUSTED, ConnectionPhase.TLS);
    }
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void d32_connackThatRefuses_isATypedErrorWithItsReason(ReasonCode code) {
    int value = code.value();
    if (value < ReasonCode.UNSPECIFIED_ERROR.value()
        || code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      return; // Not a refusal; or one that an engine may answer with an older version.
    }
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(value, 0x1F, 0, 3, 'w', 'h', 'y'));
    ErrorCode expected =
        switch (code) {
          case BAD_USER_NAME_OR_PASSWORD -> StreamErrorCode.BAD_CREDENTIALS;
          case NOT_AUTHORIZED -> StreamErrorCode.NOT_AUTHORIZED;
          default -> StreamErrorCode.SERVER_REFUSED;
        };
    NHubException failure = listener.awaitFailure(NHubException.class);
    assertEquals(expected, failure.code());
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("\"why\""), message);
    assertEquals(List.of("closed"), listener.heard());
    peer.reset();
  }

  @Test
  void d35_limitsOfAnEarlierConnack_areForgotten() {
    Transport first = open(request().build());
    Peer before = broker.accept();
    before.expect(Wire.CONNECT);
    before.send(Wire.connack(0, 0x27, 0, 0, 0, 100, 0x13, 0, 1));
    before.grant();
    listener.awaitSubscribed();
    first.abort();

    RecordingListener again = new RecordingListener();
    open(request().build(), again);
    Peer after = broker.accept();
    after.welcome();
    after.send(Wire.publish(TOPIC, 1, new byte[500]));
    assertEquals(500, again.takeMessage().payload().length);
  }

  private static final Certifier.Held ROOT = Certifier.authority("root").root();
  private static final Certifier.Held SERVER = Certifier.of("bridge", "localhost").by(ROOT);

  private static Credentials identity() {
    Certifier.Held client = Certifier.of("client").by(ROOT);
    return ClientIdentity.fromPem(client.pem(), client.keyPem(), ROOT.pem());
  }

  private String lostAt(TlsPeer peer) {
    open(to("localhost", peer.port(), identity()).build());
    return String.valueOf(
        listener
            .awaitFailure(
                ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT)
            .getMessage());
  }

  @Test
  void resetAfterTheCertificateWasSent_isReportedAsAPossibleRejection() {
    try (TlsPeer peer = new TlsPeer(SERVER, tls -> tls.setNeedClientAuth(true)).resetting()) {
      String text = lostAt(peer);
      assertTrue(text.contains("the bridge may have rejected it without saying so"), text);
      assertTrue(text.contains("not revoked"), text);
    }
  }

  @Test
  void resetWithoutACertificateRequest_doesNotMentionACertificate() {
    try (TlsPeer peer = new TlsPeer(SERVER, tls -> {}).resetting()) {
      String text = lostAt(peer);
      assertFalse(text.contains("certificate"), text);
    }
  }

  /** Refused before it comes to this; but no defect may pass for trouble of the network. */
  @ParameterizedTest
  @ValueSource(strings = {"-bridge.example.com", "a..b"})
  void runtimeException_isAFailureOfThisProgram(String host) {
    try (TlsPeer peer = new TlsPeer(SERVER, tls -> {}).behindAProxy()) {
      Request request = to(host, 8883, identity());
      request.proxy = ProxyServer.http("localhost", peer.port());
      open(request.build());
      ConnectionException failure =
          listener.awaitFailure(
              ConnectionException.class, StreamErrorCode.LOCAL_FAILURE, ConnectionPhase.TLS);
      assertInstanceOf(IllegalArgumentException.class, failure.getCause());
      assertEquals(ErrorCode.Responsible.SDK, failure.code().responsible());
    }
  }
}
