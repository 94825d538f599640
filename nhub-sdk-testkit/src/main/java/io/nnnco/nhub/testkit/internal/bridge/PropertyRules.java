package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Which properties a client may send in a packet of MQTT 5, and that it sends each of them once.
 */
enum PropertyRules {
  CONNECT(0x11, 0x15, 0x16, 0x17, 0x19, 0x21, 0x22, 0x26, 0x27),
  WILL(0x01, 0x02, 0x03, 0x08, 0x09, 0x18, 0x26),
  PUBLISH(0x01, 0x02, 0x03, 0x08, 0x09, 0x23, 0x26),
  RESPONSE(0x1F, 0x26),
  SUBSCRIBE(0x0B, 0x26),
  UNSUBSCRIBE(0x26),
  DISCONNECT(0x11, 0x1F, 0x26);

  private static final int USER_PROPERTY = 0x26;

  /** A bit for each property, at its number. */
  private final long allowed;

  PropertyRules(int... allowed) {
    this.allowed = IntStream.of(allowed).mapToLong(id -> 1L << id).sum();
  }

  /** Reads properties and their length. */
  void check(ByteBuf packet) {
    ByteBuf properties = packet.readSlice(variableByteInteger(packet));
    BitSet seen = new BitSet();
    while (properties.isReadable()) {
      int id = variableByteInteger(properties);
      if (!isAllowed(id)) {
        throw PacketFlaw.malformed("property " + id + " does not belong into " + this);
      }
      if (seen.get(id) && id != USER_PROPERTY) {
        throw PacketFlaw.protocolError("property " + id + " comes twice");
      }
      seen.set(id);
      skipValue(id, properties);
    }
  }

  private boolean isAllowed(int id) {
    return id < Long.SIZE && (allowed & 1L << id) != 0;
  }

  /** Section 2.2.2.2. */
  private static void skipValue(int id, ByteBuf properties) {
    switch (id) {
      case 0x01, 0x17, 0x19 -> checkFlag(id, properties.readUnsignedByte());
      case 0x21, 0x22, 0x23 -> properties.skipBytes(Short.BYTES);
      case 0x02, 0x11, 0x18, 0x27 -> properties.skipBytes(Integer.BYTES);
      case 0x0B -> variableByteInteger(properties);
      case USER_PROPERTY -> {
        properties.skipBytes(properties.readUnsignedShort());
        properties.skipBytes(properties.readUnsignedShort());
      }
      default -> properties.skipBytes(properties.readUnsignedShort());
    }
  }

  private static void checkFlag(int id, int value) {
    if (value > 1) {
      throw PacketFlaw.protocolError("property " + id + " is 0 or 1, not " + value);
    }
  }

  static int variableByteInteger(ByteBuf packet) {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int digit = packet.readUnsignedByte();
      value |= (digit & 0x7F) << shift;
      if (digit <= 0x7F) {
        return value;
      }
    }
    throw PacketFlaw.malformed("a length of more than four bytes");
  }
}
