package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads MQTT's data types (MQTT 5 section 1.5) from a packet, and checks them. */
final class DataTypes {
  private DataTypes() {}

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

  static String text(ByteBuf packet) {
    ByteBuf bytes = packet.readSlice(packet.readUnsignedShort());
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.nioBuffer()).toString();
      if (text.indexOf('\0') >= 0) {
        throw PacketFlaw.malformed("a null character in a text");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw PacketFlaw.malformed("a text that is not UTF-8");
    }
  }

  static void skipBinary(ByteBuf packet) {
    packet.skipBytes(packet.readUnsignedShort());
  }
}
