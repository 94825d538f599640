package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.hex;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.manyPackets;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no packet, by the reason code that the sender is told. */
class MalformedPacketsTest {
  private static final int LARGEST = 4_096;

  /** Always enough for the largest packet and what comes with it; small, as it is made often. */
  private static final int BUFFER = 2 * LARGEST;

  private static ReasonCode malformed(MqttVersion version, byte[] bytes) {
    return assertThrows(
            MalformedPacketException.class,
            () -> readAll(new PacketReader(version), new ByteArrayInputStream(bytes)))
        .reasonCode();
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
    "B0 04 0001 00 01, 81", // an UNSUBACK with a code that there is not
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

  /** Whatever comes, the reader reads packets or says that it is malformed, and nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void mutatedStreams_areReadOrRefused(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] good = manyPackets();
    for (int round = 0; round < 20_000; round++) {
      MqttVersion version = random.nextBoolean() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
      byte[] bytes = mutate(good, random);
      PacketReader reader = new PacketReader(version, LARGEST, BUFFER);
      try {
        List<Packet> packets =
            readAll(reader, new PacketBytes.Pieces(bytes, 1 + random.nextInt(64)));
        packets.forEach(packet -> checkSane(packet, bytes.length));
      } catch (MalformedPacketException e) {
        assertTrue(e.reasonCode().value() >= 0x81);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", round " + round + ": " + HexFormat.of().formatHex(bytes), e);
      }
      assertEquals(BUFFER, reader.capacity());
    }
  }

  private static void checkSane(Packet packet, int available) {
    if (packet instanceof Packet.Publish publish) {
      InboundMessage message = publish.message();
      assertFalse(message.topic().isEmpty());
      assertEquals(-1, message.topic().indexOf('#'));
      assertTrue(message.payload().length + message.userProperties().heldBytes() <= available);
      assertTrue(message.userProperties().list().stream().noneMatch(p -> p.name().contains("\0")));
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
}
