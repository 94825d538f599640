package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.malformed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the body of one packet, in place; never beyond its end. */
final class Cursor {
  private final byte[] bytes;
  private int position;
  private final int limit;

  Cursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.limit = to;
  }

  int remaining() {
    return limit - position;
  }

  int readByte() throws MalformedPacketException {
    require(1);
    return bytes[position++] & 0xFF;
  }

  int readShort() throws MalformedPacketException {
    require(2);
    int value = ((bytes[position] & 0xFF) << 8) | (bytes[position + 1] & 0xFF);
    position += 2;
    return value;
  }

  long readInt() throws MalformedPacketException {
    return ((long) readShort() << 16) | readShort();
  }

  /** A variable byte integer, in as few bytes as it needs (section 1.5.5). */
  int readVariableInt() throws MalformedPacketException {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int part = readByte();
      value |= (part & 0x7F) << shift;
      if (part == 0 && shift > 0) {
        throw malformed("A variable byte integer has more bytes than it needs");
      }
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed("A variable byte integer is longer than four bytes");
  }

  /** A length of two bytes, then that many. */
  Cursor readBinary() throws MalformedPacketException {
    return slice(readShort());
  }

  /** The next bytes as a body of their own. */
  Cursor slice(int length) throws MalformedPacketException {
    int start = advance(length);
    return new Cursor(bytes, start, position);
  }

  /** A copy of what was passed over last. */
  byte[] last(int length) {
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  byte[] readRest() {
    byte[] rest = Arrays.copyOfRange(bytes, position, limit);
    position = limit;
    return rest;
  }

  /** A string that is known; null, and nothing is read, if the next one is not. */
  @Nullable String readString(TopicCache known) throws MalformedPacketException {
    int start = position;
    int end = start + 2 + readShort();
    String found = end <= limit ? known.find(bytes, start + 2, end) : null;
    position = found == null ? start : end;
    return found;
  }

  /** A UTF-8 encoded string, well formed and without U+0000 (section 1.5.4). */
  String readString() throws MalformedPacketException {
    int length = readShort();
    int start = advance(length);
    return isPlain(start)
        ? new String(bytes, start, length, StandardCharsets.ISO_8859_1)
        : decode(start, length);
  }

  /** Passes over a string, which must be one that {@link #readString()} would return. */
  void skipString() throws MalformedPacketException {
    int length = readShort();
    int start = advance(length);
    if (!isPlain(start)) {
      String unused = decode(start, length);
    }
  }

  /** Passes over that many bytes; returns where they begin. */
  private int advance(int length) throws MalformedPacketException {
    require(length);
    int start = position;
    position += length;
    return start;
  }

  /** Whether what was passed over is ASCII without U+0000. */
  private boolean isPlain(int start) {
    for (int i = start; i < position; i++) {
      if (bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  private String decode(int start, int length) throws MalformedPacketException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, start, length))
              .toString();
      if (text.indexOf(0) >= 0) {
        throw malformed("A string contains U+0000");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw malformed("A string is not UTF-8");
    }
  }

  void requireEnd() throws MalformedPacketException {
    if (position != limit) {
      throw malformed("A packet has " + (limit - position) + " bytes too many");
    }
  }

  private void require(int count) throws MalformedPacketException {
    if (count > limit - position) {
      throw malformed("A packet ends too early");
    }
  }
}
