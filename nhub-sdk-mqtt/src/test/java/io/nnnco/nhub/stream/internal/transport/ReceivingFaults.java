package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong around messages and their acknowledgements. */
abstract class ReceivingFaults extends FaultsFixture {
  ReceivingFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d3_listenerThrows_keepsTheConnectionAndDoesNotAcknowledge() {
    listener.onMessage(
        message -> {
          if (message.packetId() == 1) {
            throw new IllegalStateException("the listener's own mistake");
          }
        });
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 2);
    assertEquals(2, listener.takeMessage().packetId());
    transport.acknowledge(2);
    assertEquals(2, peer.expect(Wire.PUBACK).packetId(), "and not 1");
  }

  @Test
  void d4_listenerThrowsAnError_keepsTheConnectionToo() {
    listener.onMessage(
        message -> {
          if (message.packetId() == 1) {
            throw new NoClassDefFoundError("a broken deployment");
          }
        });
    open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 2);
    assertEquals(2, listener.takeMessage().packetId());
    assertFalse(listener.isClosed());
  }

  @Test
  void d5_messagesRightAfterTheConnack_areHandedOver() {
    open(request().resuming().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    byte[][] atOnce = new byte[31][];
    atOnce[0] = Wire.connack(0);
    for (int id = 1; id <= 30; id++) {
      atOnce[id] = Wire.publish(TOPIC, id, new byte[10]);
    }
    peer.send(Wire.concat(atOnce));
    assertEquals(IntStream.rangeClosed(1, 30).boxed().toList(), ids(listener.takeMessages(30)));
    peer.grant();
    listener.awaitSubscribed();
    assertEquals("connected", listener.heardWithMessages().get(0));
  }

  @Test
  void d17_callsFromWithinTheListener_doNotDeadlock() {
    Transport transport = create(request().build(), listener, timer);
    listener.onMessage(
        message -> {
          transport.acknowledge(message.packetId());
          transport.setReading(false);
          transport.setReading(true);
          assertEquals(ConnectionPhase.STREAM, transport.phase());
          if (message.packetId() == 100) {
            transport.disconnect(true);
          }
        });
    transport.open();
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    publish(peer, 1, 100);
    for (int id = 1; id <= 100; id++) {
      assertEquals(id, peer.expect(Wire.PUBACK).packetId());
    }
    peer.expect(Wire.DISCONNECT);
    peer.reset();
    listener.awaitClosed();
  }

  @Test
  void d20_acknowledgements_keepTheOrderOfTheCalls() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 500);
    ids(listener.takeMessages(500)).forEach(transport::acknowledge);
    for (int id = 1; id <= 500; id++) {
      assertEquals(id, peer.readAnsweringPings().packetId());
    }
  }

  @Test
  void d21_lateAcknowledgement_isNotSentOnTheNextConnection() {
    Transport first = open(request().build());
    Peer before = broker.accept();
    before.welcome();
    publish(before, 1, 1);
    listener.takeMessage();
    before.reset();
    listener.awaitFailure(ConnectionException.class, StreamErrorCode.CONNECTION_LOST);

    RecordingListener again = new RecordingListener();
    Transport second = open(request().build(), again);
    Peer after = broker.accept();
    after.welcome();
    publish(after, 1, 2);
    again.takeMessages(2);
    first.acknowledge(1);
    second.acknowledge(2);
    assertEquals(2, after.expect(Wire.PUBACK).packetId(), "and not 1");
  }

  @Test
  void d24_dupFlag_isPassedOn() {
    Peer peer = subscribe(request());
    peer.send(
        Wire.concat(
            Wire.publish(0x3A, TOPIC, 1, new byte[0], new byte[5]),
            Wire.publish(0x32, TOPIC, 2, new byte[0], new byte[300]),
            Wire.publish(0x30, TOPIC, 0, new byte[0], new byte[0]),
            Wire.publish(0x3A, TOPIC, 3, new byte[0], new byte[70_000])));
    assertEquals(
        List.of(true, false, false, true),
        listener.takeMessages(4).stream().map(InboundMessage::duplicate).toList());
  }

  @Test
  void d26_packetLimitForTheClient_doesNotLimitTheServer() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, 0x21, 0, 9, 0x27, 0, 0, 0, 128, 0x2A, 0));
    peer.grant();
    peer.send(Wire.publish(TOPIC, 1, new byte[1_000]));
    assertEquals(1_000, listener.takeMessage().payload().length);
  }
}
