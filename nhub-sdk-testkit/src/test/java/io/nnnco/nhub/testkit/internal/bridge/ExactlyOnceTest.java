package io.nnnco.nhub.testkit.internal.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** QoS 2 of a permissive bridge, in both directions. */
class ExactlyOnceTest {
  private static final int ID = 7;

  private final BridgeFixture fixture =
      new BridgeFixture(options -> options.withPolicy(BridgePolicy.STRICT.withPermissive()));

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static Packet publish(int level, int flags, String payload) {
    return publish(level, flags, ID, payload);
  }

  private static Packet publish(int level, int flags, int id, String payload) {
    return Packet.of(
        Packet.PUBLISH,
        flags,
        Packet.string("any/topic"),
        Packet.bytes(0, id),
        level == 5 ? Packet.bytes(0) : new byte[0],
        payload.getBytes(UTF_8));
  }

  private static Packet response(int type, int id) {
    return Packet.of(type, type == Packet.PUBREL ? 2 : 0, Packet.bytes(id >> 8, id & 0xFF));
  }

  private TestClient subscriber(int level, Connect connect) throws IOException {
    TestClient client = fixture.open(level).accepted(connect);
    assertEquals(2, client.subscribe("any/#", 2));
    return client;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void publish_qos2_isDeliveredOnceHoweverOftenItIsSent(int level) throws IOException {
    TestClient subscriber = subscriber(level, Connect.as("s"));
    TestClient publisher = fixture.open(level).accepted(Connect.as("p"));

    publisher.send(publish(level, 4, "first"));
    assertEquals(ID, publisher.read(Packet.PUBREC).shortAt(0));
    publisher.send(publish(level, 4 | 8, "first"));
    assertEquals(ID, publisher.read(Packet.PUBREC).shortAt(0));
    publisher.send(response(Packet.PUBREL, ID));
    assertEquals(ID, publisher.read(Packet.PUBCOMP).shortAt(0));
    publisher.send(publish(level, 4, "second"));

    assertEquals("first", subscriber.read(Packet.PUBLISH).text(level));
    assertEquals("second", subscriber.read(Packet.PUBLISH).text(level));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void delivery_qos2_takesFourSteps(int level) throws IOException {
    TestClient subscriber = subscriber(level, Connect.as("s"));
    fixture.open(level).accepted(Connect.as("p")).send(publish(level, 4, "hello"));

    Packet publish = subscriber.read(Packet.PUBLISH);
    assertEquals(2, publish.qos());
    subscriber.send(response(Packet.PUBREC, publish.packetId()));
    Packet pubrel = subscriber.read(Packet.PUBREL);
    assertEquals(2, pubrel.flags);
    assertEquals(publish.packetId(), pubrel.shortAt(0));
    assertFalse(fixture.bridge.sessions().get(0).unacknowledged().isEmpty());
    subscriber.send(response(Packet.PUBCOMP, publish.packetId()));
    subscriber.ping();
    subscriber.read(Packet.PINGRESP);

    assertTrue(fixture.bridge.sessions().get(0).unacknowledged().isEmpty());
  }

  @Test
  void delivery_brokenBeforeThePubrec_isSentAgainWithDup() throws IOException {
    TestClient subscriber = subscriber(5, Connect.as("s").resuming().sessionExpiry(60));
    fixture.open(5).accepted(Connect.as("p")).send(publish(5, 4, "hello"));
    subscriber.read(Packet.PUBLISH);
    subscriber.abandon();

    TestClient again = fixture.open(5).accepted(Connect.as("s").resuming().sessionExpiry(60));

    Packet publish = again.read(Packet.PUBLISH);
    assertTrue(publish.dup());
    assertEquals(2, publish.qos());
  }

  @Test
  void delivery_brokenAfterThePubrec_goesOnWithThePubrel() throws IOException {
    TestClient subscriber = subscriber(5, Connect.as("s").resuming().sessionExpiry(60));
    fixture.open(5).accepted(Connect.as("p")).send(publish(5, 4, "hello"));
    int id = subscriber.read(Packet.PUBLISH).packetId();
    subscriber.send(response(Packet.PUBREC, id));
    subscriber.read(Packet.PUBREL);
    subscriber.abandon();

    TestClient again = fixture.open(5).accepted(Connect.as("s").resuming().sessionExpiry(60));

    assertEquals(id, again.read(Packet.PUBREL).shortAt(0));
  }

  @Test
  void pubrel_ofNothing_isAnsweredWithPacketIdentifierNotFound() throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));

    publisher.send(response(Packet.PUBREL, ID));

    assertEquals(0x92, publisher.read(Packet.PUBCOMP).at(2));
  }

  @Test
  void pubrec_ofNothing_isAnsweredWithPacketIdentifierNotFound() throws IOException {
    TestClient subscriber = fixture.open(5).accepted(Connect.as("s"));

    subscriber.send(response(Packet.PUBREC, ID));

    assertEquals(0x92, subscriber.read(Packet.PUBREL).at(2));
  }

  @Test
  void connack_ofAPermissiveBridge_namesNoMaximumQos() throws IOException {
    Packet connack = fixture.open(5).connect(Connect.as("a"));

    assertFalse(connack.hex().contains("2401"), connack::hex);
  }

  @Test
  @Tag("M15")
  void connack_ofAPermissiveBridge_hasTheReceiveMaximumOfMosquitto() throws IOException {
    assertTrue(fixture.open(5).connect(Connect.as("a")).hex().contains("210014"));
  }

  /** Publishes as many messages of QoS 2 as may be without their PUBREL, from the first id on. */
  private static void fill(TestClient publisher, int firstId) throws IOException {
    for (int id = firstId; id < firstId + Packets.RECEIVE_MAXIMUM; id++) {
      publisher.send(publish(publisher.level, 4, id, "x"));
      publisher.read(Packet.PUBREC);
    }
  }

  @ParameterizedTest
  @Tag("M15")
  @ValueSource(ints = {2, 4})
  void publish_beyondTheReceiveMaximum_endsTheConnectionWith93(int flags) throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));
    fill(publisher, 1);

    publisher.send(publish(5, flags, 99, "too many"));

    assertEquals(0x93, publisher.read(Packet.DISCONNECT).at(0));
    publisher.readEnd();
  }

  @Test
  void publish_withinTheReceiveMaximum_goesOnAfterAPubrelAndForADuplicate() throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));
    fill(publisher, 1);

    publisher.send(publish(5, 4 | 8, 1, "x"));
    publisher.read(Packet.PUBREC);
    publisher.send(Packet.of(Packet.PUBLISH, 0, Packet.string("any/topic"), Packet.bytes(0)));
    publisher.send(response(Packet.PUBREL, 1));
    publisher.read(Packet.PUBCOMP);
    publisher.send(publish(5, 4, 99, "the next"));

    assertEquals(99, publisher.read(Packet.PUBREC).shortAt(0));
  }

  @Test
  void receiveMaximum_ofANewConnection_isWholeAgain() throws IOException {
    Connect durable = Connect.as("p").resuming().sessionExpiry(60);
    TestClient before = fixture.open(5).accepted(durable);
    fill(before, 1);
    before.abandon();

    TestClient publisher = fixture.open(5).accepted(durable);
    fill(publisher, 101);

    publisher.send(response(Packet.PUBREL, 1));
    assertFalse(publisher.read(Packet.PUBCOMP).hex().startsWith("000192"));
  }

  @Test
  void publish_mqtt311_hasNoReceiveMaximum() throws IOException {
    TestClient publisher = fixture.open(4).accepted(Connect.as("p"));
    fill(publisher, 1);

    publisher.send(publish(4, 4, 99, "one more"));

    assertEquals(99, publisher.read(Packet.PUBREC).shortAt(0));
  }

  @Test
  void will_qos2_isDelivered() throws IOException {
    TestClient subscriber = subscriber(4, Connect.as("s"));
    TestClient dying = fixture.open(4);
    dying.send(
        Packet.of(
            Packet.CONNECT,
            0,
            Packet.string("MQTT"),
            Packet.bytes(4, 2 | 4 | 0x10, 0, 60),
            Packet.string("d"),
            Packet.string("any/will"),
            Packet.string("gone")));
    dying.read(Packet.CONNACK);

    dying.abandon();

    Packet will = subscriber.read(Packet.PUBLISH);
    assertEquals("gone", will.text(4));
    assertEquals(2, will.qos());
  }
}
