package io.nnnco.nhub.stream.internal.transport.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** A packet with the right remaining length, for bodies of less than 128 bytes. */
  private static byte[] packet(String header, String body) {
    byte[] bytes = hex(body);
    return hex(header + String.format("%02X", bytes.length) + body);
  }

  private static List<Packet> readAll(PacketReader reader, InputStream in)
      throws IOException, MalformedPacketException {
    List<Packet> packets = new ArrayList<>();
    while (true) {
      for (Packet next = reader.next(); next != null; next = reader.next()) {
        packets.add(next);
      }
      if (!reader.fill(in)) {
        return packets;
      }
    }
  }

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

  private static ReasonCode malformed(MqttVersion version, byte[] bytes) {
    return assertThrows(
            MalformedPacketException.class,
            () -> readAll(new PacketReader(version), new ByteArrayInputStream(bytes)))
        .reasonCode();
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 00",
        "20 03 02 00 00", // flags of a CONNACK
        "20 03 01 87 00", // a session, though refused
        "20 06 00 00 03 21 0000", // receive maximum 0: see the reason code below
        "21 03 00 00 00",
        "32 02 0001", // no room for the topic
        "32 05 0001 61 0007", // no room for the length of properties
        "32 06 0001 61 0007 81", // an unfinished length of properties
        "36 06 0001 61 0007 00",
        "38 04 0001 61 00",
        "30 05 0002 C0 80 00", // overlong U+0000
        "30 04 0001 00 00", // U+0000
        "30 06 0003 ED A0 80 00", // a surrogate
        "30 09 0001 61 05 26 0001 6B 00", // half a user property
        "30 06 0001 61 02 11 00", // a CONNACK's property
        "30 05 0001 61 81 80", // an unfinished length
        "30 80 80 80 80 01",
        "90 03 0001 00", // no code
        "90 04 0001 00 03",
        "92 04 0001 00 01",
        "D0 01 00",
        "E0 03 00 00 00",
        "E0 07 00 05 11 00000000", // a client's property
      })
  void malformed_isToldApart(String digits) {
    ReasonCode code = malformed(MqttVersion.MQTT_5, hex(digits));
    assertTrue(code == ReasonCode.MALFORMED_PACKET || code == ReasonCode.PROTOCOL_ERROR, digits);
  }

  @ParameterizedTest
  @CsvSource({
    "34 06 0001 61 0007 00, 82", // QoS 2
    "32 06 0001 61 0000 00, 82", // packet id 0
    "90 04 0000 00 01, 82",
    "30 08 0001 61 04 0101 0101, 82", // a property twice
    "30 06 0001 61 02 0102, 82", // a flag that is 2
    "30 06 0001 61 02 0B00, 82", // subscription identifier 0
    "30 03 0000 00, 82", // no topic
    "30 07 0001 61 03 23 0001, 94", // a topic alias
    "30 06 0000 03 23 0001, 94",
    "30 06 0003 612F23 00, 90", // a wildcard
    "30 04 0001 2B 00, 90",
    "40 02 0001, 82", // packets that only a client or a publisher gets
    "62 02 0001, 82",
    "B0 04 0000 00 00, 82",
    "B0 03 0001 00, 81", // an UNSUBACK without codes
    "B1 04 0001 00 00, 81",
    "10 00, 82",
    "F0 00, 82",
    "32 FF FF FF 7F, 95"
  })
  void violation_hasTheReasonCodeOfTheSpecification(String digits, String code) {
    assertEquals(Integer.parseInt(code, 16), malformed(MqttVersion.MQTT_5, hex(digits)).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"E0 00", "20 03 00 00 00", "90 03 0001 03", "B0 03 0001 00", "32 04 0001 61 00"})
  void malformed_311(String digits) {
    malformed(MqttVersion.MQTT_3_1_1, hex(digits));
  }

  @Test
  void unsuback_isRead_inBothVersions() throws Exception {
    assertEquals(9, read5(Packet.Unsuback.class, packet("B0", "0009 00 11")).packetId());
    assertEquals(
        new Packet.Unsuback(9),
        readAll(
                new PacketReader(MqttVersion.MQTT_3_1_1),
                new ByteArrayInputStream(packet("B0", "0009")))
            .get(0));
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
          expected, readAll(reader(), new Pieces(stream, piece)).size(), "pieces of " + piece);
    }
  }

  @Test
  void buffer_growsWithWhatCame_notWithWhatIsClaimed() throws Exception {
    PacketReader reader = reader();
    reader.fill(new ByteArrayInputStream(hex("32 FE FF FF 06"))); // more than 14 MB
    assertNull(reader.next());
    assertEquals(128 * 1024, reader.capacity());
  }

  @Test
  void buffer_shrinksAfterABigPacket() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(publish(5_000_000));
    stream.writeBytes(publish(10));
    PacketReader reader = reader();
    assertEquals(2, readAll(reader, new Pieces(stream.toByteArray(), 50_000)).size());
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

  /** Whatever comes, the reader reads packets or says that it is malformed, and nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void mutatedStreams_areReadOrRefused(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] good = manyPackets();
    for (int round = 0; round < 20_000; round++) {
      MqttVersion version = random.nextBoolean() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
      byte[] bytes = mutate(good, random);
      PacketReader reader = new PacketReader(version, 4_096, PacketReader.USUAL_BUFFER);
      try {
        List<Packet> packets = readAll(reader, new Pieces(bytes, 1 + random.nextInt(64)));
        packets.forEach(packet -> checkSane(packet, bytes.length));
      } catch (MalformedPacketException e) {
        assertTrue(e.reasonCode().value() >= 0x81);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", round " + round + ": " + HexFormat.of().formatHex(bytes), e);
      }
      assertEquals(128 * 1024, reader.capacity());
    }
  }

  private static void checkSane(Packet packet, int available) {
    if (packet instanceof Packet.Publish publish) {
      InboundMessage message = publish.message();
      assertFalse(message.topic().isEmpty());
      assertEquals(-1, message.topic().indexOf('#'));
      assertTrue(message.payload().length <= available);
      assertEquals(message.qos() == Qos.AT_LEAST_ONCE, message.packetId() != 0);
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    int from = random.nextInt(good.length);
    byte[] bytes =
        Arrays.copyOfRange(good, from, Math.min(good.length, from + 1 + random.nextInt(300)));
    if (random.nextBoolean()) {
      bytes = good.clone();
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }

  private static PacketReader reader() {
    return new PacketReader(MqttVersion.MQTT_5);
  }

  private static byte[] manyPackets() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(packet("20", "00 00 09 13 001E 1F 0003 776879"));
    stream.writeBytes(packet("90", "0001 00 01 87"));
    for (int size : new int[] {0, 1, 100, 130, 1_000}) {
      stream.writeBytes(publish(size));
      stream.writeBytes(hex("D0 00"));
    }
    stream.writeBytes(packet("3A", "0003 612F62 1234 07 26 0001 6B 0001 76 68 69"));
    stream.writeBytes(packet("E0", "9D 0A 1C 0001 62 1F 0003 776879"));
    return stream.toByteArray();
  }

  private static byte[] publish(int payload) {
    int length = 6 + payload;
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x32);
    for (int left = length; ; left >>= 7) {
      packet.write(left > 0x7F ? (left & 0x7F) | 0x80 : left);
      if (left <= 0x7F) {
        break;
      }
    }
    packet.writeBytes(hex("0001 61 0001 00"));
    packet.writeBytes(new byte[payload]);
    return packet.toByteArray();
  }

  /** A stream that never gives more than so many bytes at once. */
  private static final class Pieces extends InputStream {
    private final ByteArrayInputStream in;
    private final int size;

    Pieces(byte[] bytes, int size) {
      this.in = new ByteArrayInputStream(bytes);
      this.size = size;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, size));
    }
  }
}
