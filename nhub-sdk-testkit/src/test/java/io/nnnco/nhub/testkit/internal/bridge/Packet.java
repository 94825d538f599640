package io.nnnco.nhub.testkit.internal.bridge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An MQTT packet, read and written without Netty's codec: a second opinion on it. */
final class Packet {
  static final int CONNECT = 1;
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int PUBREC = 5;
  static final int PUBREL = 6;
  static final int PUBCOMP = 7;
  static final int SUBSCRIBE = 8;
  static final int SUBACK = 9;
  static final int UNSUBSCRIBE = 10;
  static final int UNSUBACK = 11;
  static final int PINGREQ = 12;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  final int type;
  final int flags;
  private final byte[] body;

  Packet(int type, int flags, byte[] body) {
    this.type = type;
    this.flags = flags;
    this.body = body;
  }

  static Packet of(int type, int flags, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    return new Packet(type, flags, body.toByteArray());
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
  }

  byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((type << 4) | flags);
    int rest = body.length;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    out.writeBytes(body);
    return out.toByteArray();
  }

  static Packet read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit > 0x7F);
    return new Packet(first >> 4, first & 0xF, in.readNBytes(length));
  }

  int at(int index) {
    return Byte.toUnsignedInt(body[index]);
  }

  int last() {
    return at(body.length - 1);
  }

  int shortAt(int index) {
    return (at(index) << 8) | at(index + 1);
  }

  /** Of a PUBLISH. */
  String topic() {
    return new String(body, 2, shortAt(0), StandardCharsets.UTF_8);
  }

  /** Of a PUBLISH with QoS 1 or 2. */
  int packetId() {
    return shortAt(2 + shortAt(0));
  }

  int qos() {
    return (flags >> 1) & 3;
  }

  boolean dup() {
    return (flags & 8) != 0;
  }

  /** Of a PUBLISH: properties (with their length) and payload for MQTT 5, else the payload. */
  byte[] rest() {
    return Arrays.copyOfRange(body, 2 + shortAt(0) + (qos() > 0 ? 2 : 0), body.length);
  }

  /** Of a PUBLISH without properties. */
  String text(int level) {
    byte[] rest = rest();
    int properties = level == 5 ? 1 + rest[0] : 0;
    return new String(rest, properties, rest.length - properties, StandardCharsets.UTF_8);
  }

  boolean contains(String text) {
    return new String(body, StandardCharsets.UTF_8).contains(text);
  }

  String hex() {
    return HexFormat.of().formatHex(body);
  }

  @Override
  public String toString() {
    return "type " + type + " flags " + flags + " body " + hex();
  }
}
