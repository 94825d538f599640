package io.nnnco.nhub.stream.internal.transport.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * What Jazzer runs (docs/fuzzing.md): whatever bytes a server sends, packets come out or a {@link
 * MalformedPacketException}; the same in whatever pieces the bytes come; with memory for what came
 * and not for what was announced.
 *
 * <p>The first byte of an input says how it is sent: its lowest bit which version of MQTT, the
 * others how large the pieces are.
 */
public final class PacketReaderFuzzer {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** So small that it has to grow. */
  private static final int BUFFER = 16;

  /** What an exception takes, and the objects and texts of each byte. */
  private static final long ALLOWED = 100_000;

  private static final long ALLOWED_PER_BYTE = 1_000;

  private PacketReaderFuzzer() {}

  /** One input; throws where the reader breaks its word. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    MqttVersion version = (input[0] & 1) == 0 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    int sizes = (input[0] & 0xFF) >> 1;
    assertEquals(
        read(version, stream.length + 1, () -> new ByteArrayInputStream(stream), stream.length),
        read(version, BUFFER, () -> new Pieces(stream, sizes), stream.length));
  }

  /** What came of it: the packets, and the end. */
  private static List<String> read(
      MqttVersion version, int buffer, Supplier<InputStream> in, int length) {
    List<Packet> packets = new ArrayList<>();
    long allowed = ALLOWED + length * ALLOWED_PER_BYTE;
    for (int tries = 1; ; tries++) {
      packets.clear();
      PacketReader reader = new PacketReader(version, PacketReader.MAXIMUM_PACKET_SIZE, buffer);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      String end = readAll(reader, in.get(), packets);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(reader.capacity() <= Math.max(2 * length, buffer), "a buffer for what came");
      if (allocated <= allowed) {
        return describe(packets, end, length);
      }
      // The first use of a class costs, too.
      assertTrue(tries < 5, () -> allocated + " bytes allocated for " + length);
    }
  }

  private static List<String> describe(List<Packet> packets, String end, int length) {
    List<String> all = new ArrayList<>();
    packets.forEach(packet -> all.add(describe(packet, length)));
    all.add(end);
    return all;
  }

  private static String readAll(PacketReader reader, InputStream in, List<Packet> packets) {
    try {
      do {
        for (Packet next = reader.next(); next != null; next = reader.next()) {
          packets.add(next);
          assertTrue(reader.lastPacket().length >= 2);
        }
      } while (reader.fill(in));
      return "end of stream";
    } catch (MalformedPacketException e) {
      assertTrue(e.reasonCode().value() >= 0x80, e::toString);
      return e.reasonCode() + " " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Packet packet, int length) {
    if (packet instanceof Packet.Publish publish) {
      InboundMessage message = publish.message();
      String topic = message.topic();
      assertTrue(!topic.isEmpty() && topic.indexOf('#') < 0 && topic.indexOf('+') < 0, topic);
      assertTrue(topic.indexOf(0) < 0, topic);
      assertEquals(message.qos() == Qos.AT_LEAST_ONCE, message.packetId() > 0);
      assertTrue(message.qos() == Qos.AT_LEAST_ONCE || !message.duplicate());
      assertTrue(message.payload().length + message.userProperties().heldBytes() < length);
      String flags = " " + message.qos() + message.duplicate() + message.packetId() + " ";
      String properties = message.userProperties().list() + " ";
      return topic + flags + properties + HexFormat.of().formatHex(message.payload());
    }
    if (packet instanceof Packet.Suback suback) {
      assertTrue(suback.packetId() > 0 && suback.codes().length > 0);
      return suback.packetId() + Arrays.toString(suback.codes());
    }
    if (packet instanceof Packet.Unsuback unsuback) {
      assertTrue(unsuback.packetId() > 0);
      return "UNSUBACK " + unsuback.packetId() + Arrays.toString(unsuback.codes());
    }
    return packet.toString();
  }

  /** Gives pieces of one size or of two in turn, down to one byte at a time. */
  private static final class Pieces extends InputStream {
    private final ByteArrayInputStream in;
    private final int[] sizes;
    private int count;

    Pieces(byte[] bytes, int sizes) {
      this.in = new ByteArrayInputStream(bytes);
      this.sizes = new int[] {1 + (sizes & 7), 1 + (sizes >> 3) * 3};
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, sizes[count++ & 1]));
    }
  }
}
