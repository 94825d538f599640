package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Drop;
import io.nnnco.nhub.testkit.BridgeFault.DuplicatePublish;
import io.nnnco.nhub.testkit.BridgeFault.HalfOpen;
import io.nnnco.nhub.testkit.BridgeFault.IgnoreKeepAlive;
import io.nnnco.nhub.testkit.BridgeFault.LoseSession;
import io.nnnco.nhub.testkit.BridgeFault.MalformedPacket;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.BridgeFault.RejectCertificate;
import io.nnnco.nhub.testkit.BridgeFault.RespondToSubscribe;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.BridgeFault.ServerDisconnect;
import io.nnnco.nhub.testkit.BridgeFault.Silence;
import io.nnnco.nhub.testkit.BridgeFault.SlowBytes;
import io.nnnco.nhub.testkit.BridgeFault.Stall;
import io.nnnco.nhub.testkit.BridgeFault.WrongServerCertificate;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, as a client meets it. */
class FaultTest {
  private static final Connect DURABLE = Connect.as("a").resuming().sessionExpiry(3600);
  private final BridgeFixture fixture = new BridgeFixture();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private void once(BridgeFault fault) {
    fixture.bridge.inject(fault, Occurrence.once());
  }

  @Test
  void rejectCertificate_once_failsOneHandshake() throws IOException, InterruptedException {
    once(new RejectCertificate());

    assertThrows(
        SSLException.class,
        () -> {
          TestClient client = fixture.open(5);
          client.connect(Connect.as("a"));
        });

    BridgeFixture.take(fixture.handshakeFailures);
    fixture.open(5).accepted(Connect.as("a"));
  }

  @ParameterizedTest
  @EnumSource(value = ServerCertificate.class, names = "GENUINE", mode = EnumSource.Mode.EXCLUDE)
  @Tag("M2")
  void wrongServerCertificate_anyKind_isNotTrustedByAClientThatChecks(ServerCertificate kind)
      throws IOException {
    once(new WrongServerCertificate(kind));

    assertThrows(SSLHandshakeException.class, this::checkedHandshake);

    checkedHandshake();
  }

  private void checkedHandshake() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            BridgeFixture.PKI
                .clientContext(BridgeFixture.PKI.client)
                .getSocketFactory()
                .createSocket("localhost", fixture.bridge.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 151, 151", "5, 224, 224", "4, 151, 3", "4, 138, 5", "4, 2, 2"})
  void refuseConnect_anyCode_isSent(int level, int code, int sent)
      throws IOException, InterruptedException {
    once(new RefuseConnect(code, "come back later"));
    TestClient client = fixture.open(level);

    Packet connack = client.connect(Connect.as("a"));

    assertEquals(sent, connack.at(1));
    assertEquals(level == 5, connack.contains("come back later"));
    client.readEnd();
    assertEquals(sent, BridgeFixture.take(fixture.connects).reasonCode());
    fixture.open(level).accepted(Connect.as("a"));
  }

  @Test
  void silenceAtConnect_noConnackComes() throws IOException {
    once(new Silence(Moment.CONNECT));
    TestClient client = fixture.open(5);

    client.send(Connect.as("a").packet(5));
    client.disconnect();

    client.readEnd();
    assertTrue(fixture.connects.isEmpty());
  }

  @Test
  void silenceAfterConnack_nothingElseComes() throws IOException {
    once(new Silence(Moment.CONNACK));
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.ping();
    client.disconnect();

    client.readEnd();
  }

  @ParameterizedTest
  @CsvSource({"5, 151, 151", "5, 128, 128", "5, 0, 0", "4, 151, 128", "4, 0, 0"})
  void respondToSubscribe_anyCode_isSent(int level, int code, int sent) throws IOException {
    once(new RespondToSubscribe(code));
    TestClient client = fixture.open(level).accepted(Connect.as("a"));

    assertEquals(sent, client.subscribe(BridgeFixture.UPLINKS, 1));

    boolean subscribed = !fixture.bridge.sessions().get(0).filters().isEmpty();
    assertEquals(sent < 0x80, subscribed);
  }

  @Test
  void dropBeforePublish_thatMessageComesLaterWithoutDup() throws IOException {
    TestClient client = fixture.subscriber(5, DURABLE);
    fixture.bridge.inject(new Drop(Moment.PUBLISH), Occurrence.once().after(1));
    fixture.publish("m1");
    fixture.publish("m2");

    readUntilItBreaks(client);

    TestClient again = fixture.open(5);
    again.connect(DURABLE);
    assertTrue(again.read(Packet.PUBLISH).dup(), "m1 was sent before");
    Packet second = again.read(Packet.PUBLISH);
    assertEquals("m2", second.text(5));
    assertFalse(second.dup(), "m2 was not");
  }

  /** A reset may overtake what was written before it. */
  private static void readUntilItBreaks(TestClient client) {
    assertThrows(
        IOException.class,
        () -> {
          while (true) {
            client.read();
          }
        });
  }

  @Test
  void dropAfterPublish_theMessageArrivesAndComesAgainWithDup() throws IOException {
    TestClient client = fixture.subscriber(5, DURABLE);
    once(new Drop(Moment.PUBLISHED));
    fixture.publish("m1");

    assertEquals("m1", client.read(Packet.PUBLISH).text(5));
    assertThrows(EOFException.class, client::read);

    TestClient again = fixture.open(5);
    again.connect(DURABLE);
    assertTrue(again.read(Packet.PUBLISH).dup());
  }

  @Test
  void dropBeforePubackIsRead_theMessageComesAgainWithDup() throws IOException {
    TestClient client = fixture.subscriber(5, DURABLE);
    once(new Drop(Moment.PUBACK));
    fixture.publish("m1");
    Packet publish = client.read(Packet.PUBLISH);

    client.acknowledge(publish);

    assertThrows(SocketException.class, client::read);
    assertTrue(fixture.acks.isEmpty());
    TestClient again = fixture.open(5);
    again.connect(DURABLE);
    Packet redelivery = again.read(Packet.PUBLISH);
    assertEquals(publish.packetId(), redelivery.packetId());
    assertTrue(redelivery.dup());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void duplicatePublish_theMessageComesTwice(int qos) throws IOException {
    TestClient client = fixture.subscriber("a");
    once(new DuplicatePublish());

    fixture.publish("d1/uplinks", "m1", qos);
    fixture.publish("d1/uplinks", "m2", qos);

    assertEquals("m1", client.read(Packet.PUBLISH).text(5));
    assertEquals("m1", client.read(Packet.PUBLISH).text(5));
    assertEquals("m2", client.read(Packet.PUBLISH).text(5));
  }

  @Test
  void duplicatePublish_always_duplicatesNoDuplicate() throws IOException {
    TestClient client = fixture.subscriber("a");
    fixture.bridge.inject(new DuplicatePublish(), Occurrence.always());

    PublishReceipt receipt = fixture.publish("m1");

    assertEquals(List.of("m1", "m1"), client.receive(2));
    assertEquals(2, receipt.settled().join().size());
  }

  @Test
  void malformedPacket_bytesAreWrittenAsGiven() throws IOException {
    TestClient client = fixture.open(5);
    once(new MalformedPacket(Moment.CONNACK, "f0021234"));

    client.accepted(Connect.as("a"));

    Packet garbage = client.read();
    assertEquals(15, garbage.type);
    assertEquals("1234", garbage.hex());
  }

  @Test
  void stall_afterAWhile_everythingComes() throws IOException {
    TestClient client = fixture.subscriber("a");
    Duration stall = Duration.ofMillis(300);
    once(new Stall(Moment.PUBLISH, stall));
    long start = System.nanoTime();

    fixture.publish("m1").deliveries();
    fixture.publish("m2").deliveries();
    client.ping();

    assertEquals("m1", client.read(Packet.PUBLISH).text(5));
    assertTrue(System.nanoTime() - start >= stall.toNanos());
    assertEquals("m2", client.read(Packet.PUBLISH).text(5));
    client.read(Packet.PINGRESP);
  }

  @Test
  void halfOpen_nothingComesAnyMore() throws IOException {
    TestClient client = fixture.subscriber("a");
    once(new HalfOpen(Moment.PUBLISH));

    fixture.publish("m1").deliveries();
    client.ping();
    fixture.bridge.disconnect("a", 0x8B, "");

    client.readEnd();
  }

  @Test
  void halfOpen_theClientsEndIsNotNoticed() throws IOException {
    TestClient client = fixture.subscriber("a");
    once(new HalfOpen(Moment.PUBLISH));
    fixture.publish("m1").deliveries();

    client.abandon();
    fixture.keepAliveClock.advance(Duration.ofHours(1));
    fixture.bridge.clockAdvanced();

    fixture.open(5).accepted(Connect.as("b"));
    assertTrue(fixture.bridge.sessions().get(0).connected());
    fixture.open(5).accepted(Connect.as("a"));
  }

  @Test
  void slowBytes_everythingComesSlowly() throws IOException {
    once(new SlowBytes(10, Duration.ofMillis(20)));
    TestClient client = fixture.subscriber("a");
    long start = System.nanoTime();

    fixture.publish("x".repeat(100));

    assertEquals("x".repeat(100), client.read(Packet.PUBLISH).text(5));
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
  }

  @Test
  void serverDisconnect_anyCode_isSentWithItsReason() throws IOException, InterruptedException {
    TestClient client = fixture.subscriber("a");
    once(new ServerDisconnect(Moment.PUBLISHED, 0x98, "maintenance"));

    fixture.publish("m1");

    client.read(Packet.PUBLISH);
    Packet disconnect = client.read(Packet.DISCONNECT);
    assertEquals(0x98, disconnect.at(0));
    assertTrue(disconnect.contains("maintenance"));
    client.readEnd();
    assertEquals(0x98, BridgeFixture.take(fixture.disconnects).reasonCode());
  }

  @Test
  void takeOver_mqtt311_isEndedWithoutAWord() throws IOException {
    TestClient client = fixture.subscriber(4, Connect.as("a"));
    once(ServerDisconnect.takeOver(Moment.PING));

    client.ping();

    client.readEnd();
  }

  @Test
  void loseSession_theConnackSaysSoAndTheSubscriptionsAreGone() throws IOException {
    fixture.subscriber(5, DURABLE);
    fixture.bridge.drop("a");
    once(new LoseSession());

    Packet connack = fixture.open(5).connect(DURABLE);

    assertEquals(0, connack.at(0), "session present");
    assertEquals(List.of(), fixture.bridge.sessions().get(0).filters());
  }

  @Test
  void ignoreKeepAlive_pingsGetNoResponseAndSilenceIsNotNoticed() throws IOException {
    once(new IgnoreKeepAlive());
    TestClient client = fixture.subscriber("a");
    client.ping();
    assertEquals(1, client.subscribe(BridgeFixture.UPLINKS, 1), "what comes next is the SUBACK");

    fixture.keepAliveClock.advance(Duration.ofHours(1));
    fixture.bridge.clockAdvanced();

    fixture.publish("m1");
    assertEquals("m1", client.read(Packet.PUBLISH).text(5));
  }

  @Test
  void occurrence_onClient_leavesTheOthersAlone() throws IOException, InterruptedException {
    TestClient a = fixture.subscriber("a");
    fixture.subscriber("b");
    fixture.bridge.inject(
        new ServerDisconnect(Moment.PUBLISHED, 0x8B, ""), Occurrence.once().onClient("b"));

    fixture.publish("m1");

    a.read(Packet.PUBLISH);
    a.ping();
    a.read(Packet.PINGRESP);
    assertEquals("b", BridgeFixture.take(fixture.disconnects).clientId());
    assertTrue(fixture.disconnects.isEmpty());
  }

  @Test
  void drop_byHand_isATcpReset() throws IOException, InterruptedException {
    TestClient client = fixture.subscriber("a");

    assertTrue(fixture.bridge.drop("a"));
    assertFalse(fixture.bridge.drop("a"));

    assertThrows(SocketException.class, client::read);
    assertEquals(Cause.BRIDGE, BridgeFixture.take(fixture.disconnects).cause());
  }

  @Test
  void reset_endsConnectionsSessionsAndFaults() throws IOException {
    fixture.subscriber(5, DURABLE);
    once(new RefuseConnect(0x88));

    fixture.bridge.reset();

    assertEquals(List.of(), fixture.bridge.sessions());
    fixture.open(5).accepted(DURABLE);
  }
}
