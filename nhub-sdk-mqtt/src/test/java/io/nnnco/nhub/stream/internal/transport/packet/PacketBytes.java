package io.nnnco.nhub.stream.internal.transport.packet;

import io.nnnco.nhub.stream.MqttVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Packets as they come, byte by byte, and how to read them all. */
final class PacketBytes {
  private PacketBytes() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** A packet with the right remaining length, for bodies of less than 128 bytes. */
  static byte[] packet(String header, String body) {
    byte[] bytes = hex(body);
    return hex(header + String.format("%02X", bytes.length) + body);
  }

  static List<Packet> readAll(PacketReader reader, InputStream in)
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

  static PacketReader reader() {
    return new PacketReader(MqttVersion.MQTT_5);
  }

  static byte[] manyPackets() {
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

  static byte[] publish(int payload) {
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
  static final class Pieces extends InputStream {
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
