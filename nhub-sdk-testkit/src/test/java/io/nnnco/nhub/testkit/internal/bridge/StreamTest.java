package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules M9 to M16 on the wire: subscribing, delivery, acknowledgement, sessions. */
class StreamTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private final BridgeFixture fixture = new BridgeFixture();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({"4, 0, 0", "4, 1, 1", "4, 2, 1", "5, 0, 0", "5, 1, 1", "5, 2, 1"})
  @Tag("M9")
  void subscribe_qos_isGrantedUpToOne(int level, int requested, int granted) throws IOException {
    TestClient client = fixture.open(level).accepted(Connect.as("a"));

    assertEquals(granted, client.subscribe(BridgeFixture.UPLINKS, requested));
  }

  @ParameterizedTest
  @CsvSource({
    "v4/groups/nnn.other.master/+/uplinks, 135",
    "v4/groups/+/+/uplinks, 135",
    "#, 135",
    "v4/groups/nnn.acme.master.evil/#, 135",
    "$share/g/v4/groups/nnn.other.master/#, 135",
    "$share//v4/groups/nnn.acme.master/#, 143"
  })
  @Tag("M12")
  void subscribe_outsideTheEnterprise_isRefusedAndTheConnectionStays(String filter, int code)
      throws IOException, InterruptedException {
    TestClient five = fixture.open(5).accepted(Connect.as("five"));
    assertEquals(code, five.subscribe(filter, 1));
    assertEquals(code, BridgeFixture.take(fixture.subscribes).reasonCode());
    assertEquals(1, five.subscribe(BridgeFixture.UPLINKS, 1));

    TestClient four = fixture.open(4).accepted(Connect.as("four"));
    assertEquals(0x80, four.subscribe(filter, 1));
    assertEquals(1, four.subscribe(BridgeFixture.UPLINKS, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Tag("M16")
  void publish_qos1_isDeliveredAndTheReceiptTellsWhenAcknowledged(int level)
      throws IOException, InterruptedException {
    TestClient client = fixture.subscriber(level, Connect.as("a"));

    PublishReceipt receipt = fixture.publish("hello");

    Packet publish = client.read(Packet.PUBLISH);
    assertEquals(BridgeFixture.PREFIX + "d1/uplinks", publish.topic());
    assertEquals("hello", publish.text(level));
    assertEquals(1, publish.qos());
    assertFalse(publish.dup());
    assertFalse(receipt.settled().isDone());
    ClientDelivery sent = receipt.deliveries().get(0);
    assertEquals("a", sent.clientId());
    assertEquals(ClientDelivery.State.SENT, sent.state());
    assertEquals(
        List.of(BridgeFixture.PREFIX + "d1/uplinks"),
        fixture.bridge.sessions().get(0).unacknowledged());
    CompletableFuture<Integer> acksByThen = receipt.settled().thenApply(end -> fixture.acks.size());
    client.acknowledge(publish);

    receipt.awaitDelivered(SOON);
    assertEquals(1, acksByThen.join(), "the journal knows before the receipt does");
    AckRecord ack = BridgeFixture.take(fixture.acks);
    assertEquals(ClientDelivery.State.ACKNOWLEDGED, receipt.deliveries().get(0).state());
    assertEquals(publish.packetId(), ack.packetId());
    assertEquals(publish.topic(), ack.topic());
    assertEquals(1, ack.sends());
  }

  @Test
  @Tag("M9")
  void publish_qos0_isDeliveredWithQos0EvenToAQos1Subscription() throws IOException {
    TestClient client = fixture.subscriber("a");

    PublishReceipt receipt = fixture.publish("d1/uplinks", "hello", 0);

    assertEquals(0, client.read(Packet.PUBLISH).qos());
    receipt.awaitDelivered(SOON);
  }

  @Test
  void publish_toNobody_isDropped() {
    PublishReceipt receipt = fixture.publish("hello");

    assertEquals(List.of(), receipt.settled().join());
    assertThrows(AssertionError.class, () -> receipt.awaitDelivered(SOON));
  }

  @Test
  @Tag("M11")
  void publish_toAFilterThatDoesNotMatch_isNotDelivered() throws IOException {
    TestClient client = fixture.subscriber("a");

    fixture.publish("d1/joins", "no", 1);
    fixture.publish("d1/uplinks", "yes", 1);
    assertEquals("yes", client.read(Packet.PUBLISH).text(5));
  }

  @Test
  @Tag("M16")
  void publish_toOverlappingSubscriptions_isOneCopyWithAllIdentifiers() throws IOException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));
    client.subscribe(BridgeFixture.UPLINKS, 0, 0x0B, 7);
    client.subscribe(BridgeFixture.PREFIX + "#", 1, 0x0B, 9);

    fixture.publish("one");
    fixture.publish("two");

    Packet one = client.read(Packet.PUBLISH);
    assertEquals(1, one.qos());
    assertEquals(List.of((byte) 4, (byte) 0x0B, (byte) 7, (byte) 0x0B, (byte) 9), first5(one));
    assertEquals("two", client.read(Packet.PUBLISH).text(5));
  }

  private static List<Byte> first5(Packet publish) {
    byte[] rest = publish.rest();
    return List.of(rest[0], rest[1], rest[2], rest[3], rest[4]);
  }

  @Test
  @Tag("M16")
  void publish_beyondTheReceiveMaximum_waitsForPubacks() throws IOException {
    TestClient client = fixture.subscriber(5, Connect.as("a").receiveMaximum(2));
    for (int i = 1; i <= 4; i++) {
      fixture.publish("m" + i);
    }

    Packet first = client.read(Packet.PUBLISH);
    assertEquals("m2", client.read(Packet.PUBLISH).text(5));
    client.ping();
    client.read(Packet.PINGRESP);
    assertEquals(2, fixture.bridge.sessions().get(0).queued());

    client.acknowledge(first);

    assertEquals("m3", client.read(Packet.PUBLISH).text(5));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Tag("M16")
  void session_afterAReconnect_redeliversInOrderWithDupThenWhatWasQueued(int level)
      throws IOException, InterruptedException {
    Connect connect = Connect.as("a").resuming();
    connect = level == 5 ? connect.sessionExpiry(3600) : connect;
    TestClient first = fixture.subscriber(level, connect);
    fixture.publish("m1");
    fixture.publish("m2");
    int id1 = first.read(Packet.PUBLISH).packetId();
    int id2 = first.read(Packet.PUBLISH).packetId();
    assertTrue(fixture.bridge.drop("a"));
    assertEquals(Cause.BRIDGE, BridgeFixture.take(fixture.disconnects).cause());
    PublishReceipt third = fixture.publish("m3");
    assertEquals(ClientDelivery.State.QUEUED, third.deliveries().get(0).state());

    TestClient second = fixture.open(level);
    assertEquals(1, second.connect(connect).at(0), "session present");

    Packet again1 = second.read(Packet.PUBLISH);
    Packet again2 = second.read(Packet.PUBLISH);
    Packet fresh = second.read(Packet.PUBLISH);
    assertEquals(List.of(id1, id2), List.of(again1.packetId(), again2.packetId()));
    assertTrue(again1.dup() && again2.dup());
    assertFalse(fresh.dup());
    assertEquals("m3", fresh.text(level));
  }

  @Test
  @Tag("M16")
  void session_cleanStart_forgetsWhatWasQueued() throws IOException {
    TestClient first = fixture.subscriber(5, Connect.as("a").sessionExpiry(3600));
    PublishReceipt lost = fixture.publish("m1");
    first.read(Packet.PUBLISH);
    fixture.bridge.drop("a");

    Packet connack = fixture.open(5).connect(Connect.as("a"));

    assertEquals(0, connack.at(0), "session present");
    assertEquals(ClientDelivery.State.DROPPED, lost.settled().join().get(0).state());
  }

  @Test
  @Tag("M16")
  void session_afterItsExpiry_isGone() throws IOException, InterruptedException {
    Connect connect = Connect.as("a").resuming().sessionExpiry(60);
    fixture.subscriber(5, connect);
    fixture.bridge.drop("a");
    fixture.clock.advance(Duration.ofSeconds(59));
    fixture.bridge.clockAdvanced();
    assertEquals(1, fixture.bridge.sessions().size());

    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.bridge.clockAdvanced();

    assertEquals(0, fixture.bridge.sessions().size());
    assertEquals(0, fixture.open(5).connect(connect).at(0));
  }

  @Test
  @Tag("M16")
  void session_disconnectWithAnotherExpiry_keepsItForThatLong() throws IOException {
    Connect connect = Connect.as("a").resuming().sessionExpiry(60);
    TestClient client = fixture.subscriber(5, connect);
    client.send(Packet.of(Packet.DISCONNECT, 0, Packet.bytes(0, 5, 0x11, 0, 0, 0, 0)));
    client.readEnd();

    assertEquals(List.of(), fixture.bridge.sessions());
  }

  @Test
  @Tag("M16")
  void session_takenOver_theOldConnectionIsTold() throws IOException, InterruptedException {
    TestClient old = fixture.subscriber("a");

    fixture.open(5).accepted(Connect.as("a"));

    assertEquals(0x8E, old.read(Packet.DISCONNECT).at(0));
    old.readEnd();
    assertEquals(Cause.TAKEN_OVER, BridgeFixture.take(fixture.disconnects).cause());
  }

  @Test
  @Tag("M16")
  void session_ofAnotherEnterprise_isNotContinued() throws IOException {
    Connect connect = Connect.as("a").resuming().sessionExpiry(60);
    fixture.subscriber(5, connect);

    Packet connack = fixture.anonymous(5).connect(connect.login("svc-other", "x"));

    assertEquals(0, connack.at(0), "session present");
  }

  @Test
  @Tag("M10")
  void keepAlive_silenceOfOneAndAHalf_endsTheConnection() throws IOException, InterruptedException {
    TestClient client = fixture.subscriber(5, Connect.as("a").keepAlive(60));
    fixture.keepAliveClock.advance(Duration.ofSeconds(90));
    fixture.bridge.clockAdvanced();
    client.ping();
    client.read(Packet.PINGRESP);

    fixture.keepAliveClock.advance(Duration.ofSeconds(91));
    fixture.bridge.clockAdvanced();

    assertEquals(0x8D, client.read(Packet.DISCONNECT).at(0));
    assertEquals(Cause.KEEP_ALIVE, BridgeFixture.take(fixture.disconnects).cause());
  }

  @Test
  void unsubscribe_stopsDeliveryAndSaysWhatWasThere() throws IOException {
    TestClient client = fixture.subscriber("a");
    client.send(
        Packet.of(
            Packet.UNSUBSCRIBE,
            2,
            Packet.bytes(0, 9, 0),
            Packet.string(BridgeFixture.UPLINKS),
            Packet.string("never/was")));

    Packet unsuback = client.read(Packet.UNSUBACK);

    assertEquals(0x11, unsuback.last());
    assertEquals(List.of(), fixture.publish("m").settled().join());
  }

  @Test
  @Tag("M15")
  void publishByClient_mqtt5_getsPubackNotAuthorized() throws IOException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.send(
        Packet.of(
            Packet.PUBLISH,
            2,
            Packet.string(BridgeFixture.PREFIX + "d1/uplinks"),
            Packet.bytes(0, 1, 0)));

    assertEquals(0x87, client.read(Packet.PUBACK).at(2));
  }

  @Test
  @Tag("M15")
  void publishByClient_mqtt311_endsTheConnection() throws IOException {
    TestClient client = fixture.open(4).accepted(Connect.as("a"));

    client.send(Packet.of(Packet.PUBLISH, 0, Packet.string(BridgeFixture.PREFIX + "d1/uplinks")));

    client.readEnd();
  }

  @Test
  void client_closeWithoutDisconnect_isNoticed() throws IOException, InterruptedException {
    fixture.subscriber("a").close();

    assertEquals(Cause.CONNECTION_LOST, BridgeFixture.take(fixture.disconnects).cause());
  }

  @Test
  void bridge_close_tellsClientsAndFreesThePort() throws IOException {
    TestClient client = fixture.subscriber("a");

    fixture.bridge.close();
    fixture.bridge.close();

    assertEquals(0x8B, client.read(Packet.DISCONNECT).at(0));
    assertThrows(IOException.class, () -> fixture.open(5));
    assertThrows(IllegalStateException.class, () -> fixture.publish("m"));
  }

  @Test
  void bridge_portTaken_saysWhatTheSystemSaid() {
    BridgeOptions options =
        BridgeOptions.of(
                BridgeFixture.PKI::server, attempt -> new ConnectDecision.Admitted("x", "nnn.x"))
            .withAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.bridge.port()));

    IOException taken = assertThrows(IOException.class, () -> Bridge.start(options));

    assertInstanceOf(BindException.class, taken.getCause());
    assertEquals(taken.getCause().getMessage(), taken.getMessage());
  }

  @Test
  @Tag("M8")
  void unsubscribe_mqtt311_isConfirmedWithoutCodes() throws IOException {
    TestClient client = fixture.subscriber(4, Connect.as("a"));

    client.send(
        Packet.of(Packet.UNSUBSCRIBE, 2, Packet.bytes(0, 9), Packet.string(BridgeFixture.UPLINKS)));

    assertEquals("0009", client.read(Packet.UNSUBACK).hex());
  }

  @Test
  @Tag("M16")
  void session_takenOverFromMqtt311_theOldConnectionJustEnds() throws IOException {
    TestClient old = fixture.subscriber(4, Connect.as("a"));

    fixture.open(5).accepted(Connect.as("a"));

    old.readEnd();
  }

  @Test
  @Tag("M16")
  void share_twoMembers_eachGetsHalf() throws IOException {
    String filter = "$share/workers/" + BridgeFixture.UPLINKS;
    TestClient one = fixture.open(5).accepted(Connect.as("one"));
    TestClient two = fixture.open(4).accepted(Connect.as("two"));
    assertEquals(1, one.subscribe(filter, 1));
    assertEquals(1, two.subscribe(filter, 1));

    for (int i = 0; i < 10; i++) {
      assertEquals(1, fixture.publish("m" + i).deliveries().size());
    }

    assertEquals(List.of("m0", "m2", "m4", "m6", "m8"), one.receive(5));
    assertEquals(List.of("m1", "m3", "m5", "m7", "m9"), two.receive(5));
  }

  @Test
  void undecodablePacket_mqtt5_isToldMalformed() throws IOException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.send(Packet.of(Packet.SUBSCRIBE, 0, Packet.bytes(0, 1, 0)));

    assertEquals(0x81, client.read(Packet.DISCONNECT).at(0));
  }
}
