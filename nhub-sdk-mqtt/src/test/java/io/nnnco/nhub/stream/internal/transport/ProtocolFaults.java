package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks the rules of MQTT. */
abstract class ProtocolFaults extends FaultsFixture {
  ProtocolFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d18_qos2FromTheServer_endsTheConnection() {
    Peer peer = subscribe(request());
    peer.send(Wire.publish(0x34, TOPIC, 1, new byte[0], new byte[3]));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
    assertEquals(0, listener.waiting());
  }

  @Test
  void d25_topicAliasThatWasNotAllowed_isAnErrorAndNotAMessageWithoutATopic() {
    Peer peer = subscribe(request());
    peer.send(Wire.publish(0x32, "", 1, Wire.bytes(0x23, 0, 1), new byte[3]));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
    assertEquals(0, listener.waiting());
  }

  @Test
  void d26_packetThatIsTooLarge_isAnErrorBeforeItIsRead() {
    Peer peer = subscribe(request());
    publish(peer, 1, 1);
    listener.takeMessage();
    // 256 MiB less one byte: the most that MQTT can say, of which not a byte follows.
    peer.send(Wire.hex("32 FFFFFF7F"));
    ConnectionException error =
        listener.awaitFailure(
            ConnectionException.class, StreamErrorCode.PACKET_TOO_LARGE, ConnectionPhase.STREAM);
    assertTrue(String.valueOf(error.getMessage()).contains("268435460"), error.getMessage());
    assertTrue(
        peer.readToEnd().stream().allMatch(packet -> packet.type() == Wire.DISCONNECT),
        "no more than a DISCONNECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 02 0000", // type 0
        "32 FFFFFFFF7F", // a length of five bytes
        "36 03 000161", // QoS 3
        "9A 03 000101", // wrong flags of a SUBACK
        "40 02 0001", // a PUBACK, though nothing was published
        "30 03 0001 2B", // a wildcard in a topic
        "30 06 0003 C3 28 61 00", // a topic that is not UTF-8
        "32 06 0001 61 0000 00", // packet id 0
        "38 04 0001 61 00", // DUP with QoS 0
        "30 06 0001 61 09 0101", // a length of properties that is wrong
        "30 07 0001 61 03 7E 0000", // an unknown property
        "30 08 0001 61 04 0101 0101", // a property twice
        "30 0C 0001 61 08 26 0001 6B 0002 C328", // a user property that is not UTF-8
        "30 0B 0001 61 07 26 0001 6B 0001 00", // U+0000 in one
        "30 08 0001 61 04 26 0001 6B", // half of one
        "D0 01 00", // a PINGRESP with a body
        "32 05 0009 76 0001", // a topic that is longer than the packet
        "20 03 00 00 00", // a second CONNACK
        "20 03 00 87 00", // one that refuses, which would be final were it the first
        "90 04 0001 00 01", // a second SUBACK
        "90 04 0001 00 87", // one that refuses
      })
  void malformedPacket_endsTheConnectionAndNothingElse(String hex) {
    Peer peer = subscribe(request());
    peer.send(Wire.hex(hex));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
    assertEquals(0, listener.waiting());
    awaitNoThreads();
  }

  @Test
  void malformedConnack_endsTheConnectionAndNothingElse() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.hex("20 01 00"));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.CONNECT);
  }

  @Test
  void subackWithTooManyCodes_endsTheConnectionAndNothingElse() {
    open(request().build());
    Peer peer = broker.accept();
    peer.accept();
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 1, 0x87));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.SUBSCRIBE);
  }

  /** What no counting excuses: docs/adr/0007. */
  @Test
  void receiveMaximumIgnored_beforeAnyAcknowledgement_endsTheConnection() {
    Peer peer = subscribe(request().receiveMaximum(3));
    publish(peer, 1, 5);
    ConnectionException error =
        listener.awaitFailure(
            ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
    assertTrue(String.valueOf(error.getMessage()).contains("receive maximum"), error.getMessage());
    assertTrue(listener.waiting() <= 3, "handed over: " + listener.waiting());
    awaitNoThreads();
  }

  @Test
  void receiveMaximumExceeded_afterAnAcknowledgement_isTolerated() {
    Transport transport = open(request().receiveMaximum(3).build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 3);
    listener.takeMessages(3);
    transport.acknowledge(1);
    peer.expect(Wire.PUBACK);
    publish(peer, 4, 9);
    listener.takeMessages(6);
    assertFalse(listener.isClosed());
  }

  @Test
  void receiveMaximumExceeded_byTheBacklogOfASession_isTolerated() {
    open(request().resuming().receiveMaximum(3).build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.packet(0x20, Wire.bytes(1, 0, 0)));
    publish(peer, 1, 5);
    peer.grant();
    listener.takeMessages(5);
    listener.awaitSubscribed();
  }

  @Test
  void receiveMaximum_doesNotCountQos0() {
    Peer peer = subscribe(request().receiveMaximum(1));
    peer.send(
        Wire.concat(
            Wire.publish(TOPIC, 0, new byte[1]),
            Wire.publish(TOPIC, 1, new byte[2]),
            Wire.publish(TOPIC, 0, new byte[3])));
    listener.takeMessages(3);
    assertFalse(listener.isClosed());
  }
}
