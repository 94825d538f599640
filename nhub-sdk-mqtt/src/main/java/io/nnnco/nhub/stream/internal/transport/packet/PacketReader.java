package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.malformed;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds packets in a stream of bytes and parses them in place. Its buffer grows with the bytes that
 * have arrived, not with what a length claims, and no further than the largest packet allowed. For
 * one thread, but for {@link #quietNanos}.
 */
public final class PacketReader {
  /**
   * Beyond this a packet is not read, as a CONNECT of MQTT 5 says. It leaves the longest payload
   * that is decoded as much again for topic and properties; documented messages have some hundred
   * bytes.
   */
  public static final int MAXIMUM_PACKET_SIZE = 2 * MessageDecoder.MAX_MESSAGE_BYTES;

  static final int USUAL_BUFFER = 128 * 1024;

  private final PacketParser parser;
  private final int maximumPacketSize;
  private final int usualBuffer;
  private byte[] buffer;
  private int start;
  private int end;
  private int packetStart;

  /** Since when there is no packet; zero while there may be. */
  private volatile long waitingSince;

  /** A reader for packets of up to {@link #MAXIMUM_PACKET_SIZE}. */
  public PacketReader(MqttVersion version) {
    this(version, MAXIMUM_PACKET_SIZE, USUAL_BUFFER);
  }

  PacketReader(MqttVersion version, int maximumPacketSize, int usualBuffer) {
    this.parser = new PacketParser(version);
    this.maximumPacketSize = maximumPacketSize;
    this.usualBuffer = usualBuffer;
    this.buffer = new byte[usualBuffer];
  }

  /**
   * Reads what is there, and blocks if there is nothing.
   *
   * @return false at the end of the stream
   */
  public boolean fill(InputStream in) throws IOException {
    makeRoom();
    try {
      int count = in.read(buffer, end, buffer.length - end);
      end += Math.max(count, 0);
      return count >= 0;
    } finally {
      waitingSince = 0;
    }
  }

  /** For how long it has had no packet, in ns; zero while it has. */
  public long quietNanos() {
    long start = waitingSince;
    return start == 0 ? 0 : System.nanoTime() - start;
  }

  private void makeRoom() {
    int kept = end - start;
    if (start > 0) {
      boolean shrink = buffer.length > usualBuffer && kept < usualBuffer / 2;
      byte[] target = shrink ? new byte[usualBuffer] : buffer;
      System.arraycopy(buffer, start, target, 0, kept);
      buffer = target;
      start = 0;
      end = kept;
    }
    if (end == buffer.length) {
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(2L * end, Math.max(end + 1L, maximumPacketSize)));
    }
  }

  /**
   * The next packet.
   *
   * @return null until more bytes have arrived
   * @throws MalformedPacketException if the bytes are not a packet and never will be
   */
  public @Nullable Packet next() throws MalformedPacketException {
    Packet next = parse();
    if (next == null) {
      waitingSince = System.nanoTime() | 1;
    }
    return next;
  }

  private @Nullable Packet parse() throws MalformedPacketException {
    if (start == end) {
      return null;
    }
    int header = buffer[start] & 0xFF;
    parser.check(header);
    int length = 0;
    int at = start + 1;
    for (int shift = 0; ; shift += 7, at++) {
      if (shift > 21) {
        throw malformed("A remaining length is longer than four bytes");
      }
      if (at == end) {
        return null;
      }
      parser.checkLength(buffer[at], shift);
      length |= (buffer[at] & 0x7F) << shift;
      if (buffer[at] >= 0) {
        break;
      }
    }
    int body = at + 1;
    checkSize(body - start, length);
    if (length > end - body) {
      return null;
    }
    Packet packet = parser.parse(header, new Cursor(buffer, body, body + length));
    packetStart = start;
    start = body + length;
    return packet;
  }

  private void checkSize(int header, int length) throws MalformedPacketException {
    if (header + length > maximumPacketSize) {
      throw new MalformedPacketException(
          ReasonCode.PACKET_TOO_LARGE,
          "A packet of "
              + (header + length)
              + " bytes is beyond the limit of "
              + maximumPacketSize
              + " bytes");
    }
  }

  /** The bytes of the last packet; until the next {@link #fill}. */
  public byte[] lastPacket() {
    return Arrays.copyOfRange(buffer, packetStart, start);
  }

  /** How large the buffer is now. */
  int capacity() {
    return buffer.length;
  }
}
