package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.ConnectRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M1 to M8 in docs/bridge.md: who gets in, and what the others are told. */
class ConnectTest {
  private final BridgeFixture fixture = new BridgeFixture();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @Tag("M1")
  void handshake_eitherTlsVersion_isSpoken(String version) throws IOException {
    TestClient client =
        fixture.kept(
            TestClient.open(
                fixture.bridge.port(),
                BridgeFixture.PKI.clientContext(BridgeFixture.PKI.client),
                5,
                version));

    client.accepted(Connect.as("a"));

    assertEquals(version, client.socket().getSession().getProtocol());
  }

  @Test
  @Tag("M1")
  void connect_plaintext_getsNothing() throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.bridge.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(Connect.as("a").packet(4).encoded());
      assertEquals(0, bytesUntilTheEnd(socket.getInputStream()));
    }
    assertEquals("the client does not speak TLS", BridgeFixture.take(fixture.handshakeFailures));
  }

  private static int bytesUntilTheEnd(InputStream in) throws IOException {
    try {
      return in.readAllBytes().length;
    } catch (SocketException reset) {
      return 0;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Tag("M3")
  void connect_certificate_isAcceptedWithoutUsername(int level)
      throws IOException, InterruptedException {
    fixture.open(level).accepted(Connect.as("a"));

    ConnectRecord connect = BridgeFixture.take(fixture.connects);
    assertTrue(connect.accepted());
    assertEquals("a", connect.clientId());
    assertEquals(level, connect.protocolLevel());
    assertEquals("nnn.acme", connect.enterprise());
    assertNotNull(connect.certificateFingerprint());
    assertFalse(connect.sessionPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Tag("M4")
  void connect_usernameAndToken_isAccepted(int level) throws IOException {
    fixture.anonymous(level).accepted(Connect.as("a").login("svc-acme", "right"));
  }

  @ParameterizedTest
  @CsvSource({"5, 134", "4, 4"})
  @Tag("M5")
  void connect_wrongToken_isRefusedAndTheReasonArrives(int level, int code)
      throws IOException, InterruptedException {
    TestClient client = fixture.anonymous(level);

    Packet connack = client.connect(Connect.as("a").login("svc-acme", "canary"));

    assertEquals(code, connack.at(1));
    assertEquals(level == 5, connack.contains("the user name or password is wrong"));
    client.readEnd();
    ConnectRecord connect = BridgeFixture.take(fixture.connects);
    assertEquals(code, connect.reasonCode());
    assertEquals("svc-acme", connect.username());
    assertFalse(connect.toString().contains("canary"));
  }

  @ParameterizedTest
  @CsvSource({"5, 135", "4, 5"})
  @Tag("M5")
  void connect_foreignCertificate_isRefusedAtConnectNotInTheHandshake(int level, int code)
      throws IOException {
    TestClient client =
        fixture.kept(
            TestClient.open(
                fixture.bridge.port(),
                BridgeFixture.PKI.clientContext(BridgeFixture.PKI.otherCa),
                level));

    assertEquals(code, client.connect(Connect.as("a")).at(1));
    client.readEnd();
  }

  @Test
  @Tag("M3")
  void connect_foreignCertificateWhenRejectedInHandshake_getsATlsAlert() throws IOException {
    try (BridgeFixture strict =
        new BridgeFixture(
            options ->
                options.withPolicy(BridgePolicy.STRICT.withRejectedCertificatesInHandshake()))) {
      SSLException alert =
          assertThrows(
              SSLException.class,
              () -> {
                TestClient client =
                    strict.kept(
                        TestClient.open(
                            strict.bridge.port(),
                            BridgeFixture.PKI.clientContext(BridgeFixture.PKI.otherCa),
                            5,
                            "TLSv1.2"));
                client.connect(Connect.as("a"));
              });
      assertTrue(alert.toString().contains("unknown_ca"), alert::toString);
      strict.open(5).accepted(Connect.as("a"));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 2", "6, 132, 3"})
  @Tag("M8")
  void connect_unknownProtocolLevel_isRefused(int level, int code, int length)
      throws IOException, InterruptedException {
    TestClient client = fixture.open(level);

    Packet connack = client.connect(Connect.as("a"));

    assertEquals(code, connack.at(1));
    client.readEnd();
    assertEquals(level, BridgeFixture.take(fixture.connects).protocolLevel());
  }

  @Test
  @Tag("M8")
  void connect_mqtt31WithALongClientId_isToldThatTheLevelIsNotSpoken()
      throws IOException, InterruptedException {
    TestClient client = fixture.open(3);

    Packet connack = client.connect(Connect.as("longer-than-the-23-characters-of-3.1"));

    assertEquals(1, connack.at(1));
    assertEquals(3, BridgeFixture.take(fixture.connects).protocolLevel());
  }

  @Test
  @Tag("M9")
  void connect_mqtt5_isToldMaximumQosOne() throws IOException {
    Packet connack = fixture.open(5).connect(Connect.as("a"));

    assertTrue(connack.hex().contains("2401"), connack::hex);
  }

  @Test
  @Tag("M8")
  void connect_mqtt5WithoutClientId_isAssignedOne() throws IOException, InterruptedException {
    Packet connack = fixture.open(5).connect(Connect.as(""));

    String assigned = BridgeFixture.take(fixture.connects).clientId();
    assertTrue(assigned.startsWith("nhub-"));
    assertTrue(connack.contains(assigned));
  }

  @Test
  @Tag("M8")
  void connect_mqtt311WithoutClientId_isAcceptedIfCleanAndRefusedIfNot() throws IOException {
    fixture.open(4).accepted(Connect.as(""));

    assertEquals(2, fixture.open(4).connect(Connect.as("").resuming()).at(1));
  }

  @Test
  void connect_twiceOnOneConnection_isAProtocolError() throws IOException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.send(Connect.as("a").packet(5));

    assertEquals(0x82, client.read(Packet.DISCONNECT).at(0));
    client.readEnd();
  }

  @Test
  void connection_withoutAConnectForTenSeconds_isEnded() throws IOException {
    TestClient client = fixture.open(5);
    TestClient other = fixture.open(5).accepted(Connect.as("a"));

    fixture.keepAliveClock.advance(Duration.ofSeconds(11));

    client.readEnd();
    other.ping();
    other.read(Packet.PINGRESP);
  }

  @Test
  void connection_anotherPacketFirst_isEnded() throws IOException {
    TestClient client = fixture.open(5);

    client.ping();

    client.readEnd();
  }
}
