package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server that breaks the rules is told, which Eclipse Paho cannot say. */
abstract class ReasonFaults extends FaultsFixture {
  ReasonFaults(Engine engine) {
    super(engine);
  }

  @ParameterizedTest
  @CsvSource({
    "00 02 0000, 81, type 0",
    "32 FFFFFFFF7F, 81, a remaining length of five bytes",
    "30 8400 0001 61 00, 81, a remaining length of more bytes than it needs",
    "36 06 0001 61 0007 00, 81, QoS 3",
    "34 06 0001 61 0007 00, 82, 'QoS 2, which was not asked for'",
    "38 04 0001 61 00, 81, DUP with QoS 0",
    "9A 03 000101, 81, flags of a SUBACK",
    "32 06 0001 61 0000 00, 82, packet id 0",
    "30 04 0001 2B 00, 90, a wildcard in a topic",
    "30 06 0003 C3 28 61 00, 81, a topic that is not UTF-8",
    "30 06 0003 ED A0 80 00, 81, a surrogate in a topic",
    "30 04 0001 00 00, 81, U+0000 in a topic",
    "30 03 0000 00, 82, no topic",
    "30 07 0001 61 03 23 0001, 94, a topic alias",
    "30 07 0001 61 03 7E 0000, 81, an unknown property",
    "30 08 0001 61 05 11 00000000, 81, a property of another packet",
    "30 08 0001 61 04 0101 0101, 82, a property twice",
    "30 06 0001 61 02 0102, 82, a flag that is 2",
    "30 06 0001 61 09 0101, 81, a length of properties beyond the packet",
    "32 05 0009 76 0001, 81, a topic beyond the packet",
    "D0 01 00, 81, a PINGRESP with a body",
    "40 02 0001, 82, 'a PUBACK, though nothing was published'",
    "62 02 0001, 82, a PUBREL",
    "F0 00, 82, 'an AUTH, though none was begun'",
    "20 03 00 00 00, 82, a second CONNACK",
    "90 04 0009 00 01, 82, a SUBACK to nothing"
  })
  void protocolViolation_causesADisconnectWithItsReasonCode(String hex, String code, String what) {
    Peer peer = subscribe(request());
    peer.send(Wire.hex(hex));
    assertEquals(Integer.parseInt(code, 16), peer.expect(Wire.DISCONNECT).body()[0] & 0xFF, what);
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
    assertEquals(0, listener.waiting());
    peer.reset();
    awaitNoThreads();
  }

  @Test
  void packetTooLarge_causesADisconnectWithItsReasonCode() {
    Peer peer = subscribe(request());
    peer.send(Wire.hex("32 FFFFFF7F"));
    assertEquals(0x95, peer.expect(Wire.DISCONNECT).body()[0] & 0xFF);
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PACKET_TOO_LARGE, ConnectionPhase.STREAM);
  }

  @Test
  void receiveMaximumIgnored_causesADisconnectWithItsReasonCode() {
    Peer peer = subscribe(request().receiveMaximum(3));
    publish(peer, 1, 4);
    assertEquals(0x93, peer.expect(Wire.DISCONNECT).body()[0] & 0xFF);
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
  }
}
