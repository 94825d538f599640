package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.hex;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.manyPackets;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.packet;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.publish;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.readAll;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.reader;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet that a client is sent, whole and in pieces. */
class PacketReaderTest {
  private static Packet read(MqttVersion version, byte[] bytes) {
    try {
      List<Packet> packets = readAll(new PacketReader(version), new ByteArrayInputStream(bytes));
      assertEquals(1, packets.size());
      return packets.get(0);
    } catch (IOException | MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static <P extends Packet> P read5(Class<P> type, byte[] bytes) {
    return assertInstanceOf(type, read(MqttVersion.MQTT_5, bytes));
  }

  @Test
  void connack_withProperties_isRead() {
    String body =
        "00 00 2A 11 0000003C 12 0002 6964 13 001E 15 0001 6D 16 0001 00 21 0005 22 0000 24 01"
            + " 25 00 27 00001000 28 01 29 01 2A 00";
    Packet.Connack connack = read5(Packet.Connack.class, packet("20", body));
    assertTrue(connack.accepted());
    assertFalse(connack.sessionPresent());
    assertEquals(Duration.ofSeconds(30), connack.terms().keepAlive());
    assertNull(connack.reason());
  }

  @Test
  void connack_thatRefuses_hasCodeAndReason() {
    Packet.Connack connack = read5(Packet.Connack.class, packet("20", "00 87 06 1F 0003 776879"));
    assertFalse(connack.accepted());
    assertEquals(ReasonCode.NOT_AUTHORIZED, connack.reasonCode());
    assertEquals("why", connack.reason());
  }

  @Test
  void connack_ofAnOlderServer_isUnderstoodAsARefusal() {
    Packet.Connack connack = read5(Packet.Connack.class, hex("20 02 00 01"));
    assertFalse(connack.accepted());
    assertEquals(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, connack.reasonCode());
  }

  @ParameterizedTest
  @CsvSource({"1,84", "2,85", "3,88", "4,86", "5,87"})
  void connack_311_returnCodeIsMapped(int returnCode, String reasonCode) {
    Packet packet = read(MqttVersion.MQTT_3_1_1, new byte[] {0x20, 2, 0, (byte) returnCode});
    assertEquals(
        Integer.parseInt(reasonCode, 16),
        assertInstanceOf(Packet.Connack.class, packet).reasonCode().value());
  }

  @Test
  void publish_withEveryProperty_isRead() {
    String body =
        "0003 612F62 1234 1C 01 01 02 00000001 03 0001 74 08 0001 72 09 0001 00 0B 07"
            + " 26 0001 6B 0001 76 68 69";
    InboundMessage message = read5(Packet.Publish.class, packet("3A", body)).message();
    assertEquals("a/b", message.topic());
    assertArrayEquals(hex("68 69"), message.payload());
    assertEquals(Qos.AT_LEAST_ONCE, message.qos());
    assertTrue(message.duplicate());
    assertEquals(0x1234, message.packetId());
  }

  @Test
  void publish_311_hasNoProperties() {
    Packet packet = read(MqttVersion.MQTT_3_1_1, hex("32 06 0001 61 0007 68"));
    InboundMessage message = assertInstanceOf(Packet.Publish.class, packet).message();
    assertEquals(7, message.packetId());
    assertArrayEquals(hex("68"), message.payload());
  }

  @Test
  void publish_retainedWithQos0_isRead() {
    InboundMessage message = read5(Packet.Publish.class, hex("31 04 0001 61 00")).message();
    assertEquals(Qos.AT_MOST_ONCE, message.qos());
    assertEquals(0, message.packetId());
    assertEquals(0, message.payload().length);
  }

  @Test
  void suback_isRead() {
    Packet.Suback suback =
        read5(Packet.Suback.class, packet("90", "0009 06 1F 0003 776879 01 87 00"));
    assertEquals(9, suback.packetId());
    assertArrayEquals(new int[] {1, 0x87, 0}, suback.codes());
    Packet older = read(MqttVersion.MQTT_3_1_1, hex("90 04 0009 01 80"));
    assertArrayEquals(new int[] {1, 0x80}, assertInstanceOf(Packet.Suback.class, older).codes());
  }

  @Test
  void disconnect_mayLeaveOutItsEnd() {
    assertEquals(
        ReasonCode.NORMAL_DISCONNECTION, read5(Packet.Disconnect.class, hex("E0 00")).reasonCode());
    assertEquals(
        ReasonCode.SERVER_BUSY, read5(Packet.Disconnect.class, hex("E0 01 89")).reasonCode());
    Packet.Disconnect whole =
        read5(Packet.Disconnect.class, packet("E0", "9D 0A 1C 0001 62 1F 0003 776879"));
    assertEquals(ReasonCode.SERVER_MOVED, whole.reasonCode());
    assertEquals("why", whole.reason());
  }

  @Test
  void pingresp_isRead() {
    read5(Packet.Pingresp.class, hex("D0 00"));
  }

  @Test
  void unsuback_isRead_inBothVersions() throws Exception {
    Packet.Unsuback answer = read5(Packet.Unsuback.class, packet("B0", "0009 00 11 00 87"));
    assertEquals(9, answer.packetId());
    assertArrayEquals(new int[] {0x11, 0, 0x87}, answer.codes());
    Packet older =
        readAll(
                new PacketReader(MqttVersion.MQTT_3_1_1),
                new ByteArrayInputStream(packet("B0", "0009")))
            .get(0);
    assertEquals(9, assertInstanceOf(Packet.Unsuback.class, older).packetId());
    assertEquals(0, ((Packet.Unsuback) older).codes().length);
  }

  @Test
  void connack_hasTheTermsOfTheServer() throws Exception {
    String properties =
        "11 0000000A 12 0002 6D65 13 0014 24 00 27 00000100 28 00 2A 00 21 0005 22 0000 25 01";
    Packet.Connack connack = read5(Packet.Connack.class, packet("20", "00 00 20" + properties));
    assertEquals(
        new ServerTerms(Duration.ofSeconds(20), Duration.ofSeconds(10), "me", 0, 256, false, false),
        connack.terms());
    assertEquals(ServerTerms.NONE, read5(Packet.Connack.class, packet("20", "00 00 00")).terms());
  }

  @Test
  void packetsInPiecesOfAnySize_areTheSamePackets() throws Exception {
    byte[] stream = manyPackets();
    int expected = readAll(reader(), new ByteArrayInputStream(stream)).size();
    for (int piece : new int[] {1, 2, 3, 7, 100, 16_384}) {
      assertEquals(
          expected,
          readAll(reader(), new PacketBytes.Pieces(stream, piece)).size(),
          "pieces of " + piece);
    }
  }

  @Test
  void buffer_growsWithWhatCame_notWithWhatIsClaimed() throws Exception {
    PacketReader reader = reader();
    reader.fill(new ByteArrayInputStream(hex("32 80 FF 7F"))); // nearly 2 MiB
    assertNull(reader.next());
    assertEquals(128 * 1024, reader.capacity());
  }

  @Test
  void buffer_shrinksAfterABigPacket() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(publish(1_500_000));
    stream.writeBytes(publish(10));
    PacketReader reader = reader();
    assertEquals(2, readAll(reader, new PacketBytes.Pieces(stream.toByteArray(), 50_000)).size());
    assertEquals(128 * 1024, reader.capacity());
  }

  @Test
  void largestPacket_isRead_andOneByteMoreIsNot() throws Exception {
    PacketReader small = new PacketReader(MqttVersion.MQTT_5, 1_000, PacketReader.USUAL_BUFFER);
    byte[] fits = publish(1_000 - 3 - 6);
    assertEquals(1_000, fits.length);
    assertEquals(1, readAll(small, new ByteArrayInputStream(fits)).size());
    byte[] tooBig = publish(1_000 - 3 - 5);
    assertEquals(
        ReasonCode.PACKET_TOO_LARGE,
        assertThrows(
                MalformedPacketException.class,
                () -> readAll(small, new ByteArrayInputStream(tooBig)))
            .reasonCode());
  }

  /** Or else a message could be dropped by the bridge that this SDK would have read. */
  @Test
  void largestPayloadThatIsDecoded_withTheLongestTopic_isRead() throws Exception {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(hex("30 81 80 44 FFFF")); // 2 + 65,535 + 1,048,576 bytes follow the length.
    packet.writeBytes("t".repeat(0xFFFF).getBytes(UTF_8));
    packet.writeBytes(new byte[MessageDecoder.MAX_MESSAGE_BYTES]);
    PacketReader reader = new PacketReader(MqttVersion.MQTT_3_1_1);
    List<Packet> packets = readAll(reader, new PacketBytes.Pieces(packet.toByteArray(), 50_000));
    assertEquals(
        MessageDecoder.MAX_MESSAGE_BYTES,
        assertInstanceOf(Packet.Publish.class, packets.get(0)).message().payload().length);
  }

  @Test
  void lastPacket_isTheBytesOfThePacket() throws Exception {
    PacketReader reader = reader();
    reader.fill(new ByteArrayInputStream(hex("D0 00 E0 01 89 D0")));
    reader.next();
    assertArrayEquals(hex("D0 00"), reader.lastPacket());
    reader.next();
    assertArrayEquals(hex("E0 01 89"), reader.lastPacket());
    assertNull(reader.next());
  }
}
