package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import java.nio.charset.StandardCharsets;

/**
 * MQTT's rules for the packets of clients that the codec does not check, or whose breach it does
 * not let through. Mosquitto's example decides where MQTT leaves a choice.
 */
final class PacketRules {
  private static final int CONNECT = 1;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int PUBREC = 5;
  private static final int PUBREL = 6;
  private static final int PUBCOMP = 7;
  private static final int SUBSCRIBE = 8;
  private static final int SUBACK = 9;
  private static final int UNSUBSCRIBE = 10;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;

  private static final int RESERVED = 0x01;
  private static final int WILL = 0x04;
  private static final int WILL_DETAILS = 0x38;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;

  private int level;

  /**
   * Checks a whole packet.
   *
   * @param packet is read
   * @throws PacketFlaw if it breaks a rule
   */
  void check(ByteBuf packet) {
    try {
      int header = packet.readUnsignedByte();
      PropertyRules.variableByteInteger(packet);
      check(header >> 4, header & 0xF, packet);
    } catch (IndexOutOfBoundsException e) {
      throw PacketFlaw.malformed("the packet is cut short");
    }
  }

  private void check(int type, int flags, ByteBuf packet) {
    boolean two = type == PUBREL || type == SUBSCRIBE || type == UNSUBSCRIBE;
    if (type != PUBLISH && flags != (two ? 2 : 0)) {
      throw PacketFlaw.malformed("reserved bits of the fixed header");
    }
    switch (type) {
      case 0, CONNACK, SUBACK, UNSUBACK, PINGRESP ->
          throw PacketFlaw.protocolError("a packet that no client sends");
      case CONNECT -> checkConnect(packet);
      case PUBLISH -> checkPublish(flags, packet);
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> checkResponse(packet);
      case SUBSCRIBE -> checkSubscribe(packet);
      case UNSUBSCRIBE -> {
        checkPacketId(packet);
        checkProperties(PropertyRules.UNSUBSCRIBE, packet);
      }
      case DISCONNECT -> checkDisconnect(packet);
      default -> {
        // nothing that the codec does not check
      }
    }
  }

  private void checkProperties(PropertyRules rules, ByteBuf packet) {
    if (level == Packets.MQTT_5) {
      rules.check(packet);
    }
  }

  private static void checkPacketId(ByteBuf packet) {
    if (packet.readUnsignedShort() == 0) {
      throw PacketFlaw.protocolError("a packet identifier of 0");
    }
  }

  private void checkConnect(ByteBuf packet) {
    packet.skipBytes(packet.readUnsignedShort());
    level = packet.readUnsignedByte();
    if (level != 4 && level != Packets.MQTT_5) {
      return;
    }
    int flags = packet.readUnsignedByte();
    packet.skipBytes(Short.BYTES);
    checkConnectFlags(flags);
    checkProperties(PropertyRules.CONNECT, packet);
    packet.skipBytes(packet.readUnsignedShort());
    if ((flags & WILL) != 0) {
      checkProperties(PropertyRules.WILL, packet);
      String topic = text(packet);
      if (!TopicFilter.isTopic(topic)) {
        throw PacketFlaw.malformed("the will's topic is not one to publish on");
      }
      packet.skipBytes(packet.readUnsignedShort());
    }
    skipTextIf((flags & USER_NAME) != 0, packet);
    skipTextIf((flags & PASSWORD) != 0, packet);
    if (packet.isReadable()) {
      throw PacketFlaw.malformed("bytes behind the end of the CONNECT");
    }
  }

  private void checkConnectFlags(int flags) {
    if ((flags & RESERVED) != 0) {
      throw PacketFlaw.malformed("the reserved flag of the CONNECT");
    }
    if ((flags & WILL) == 0 && (flags & WILL_DETAILS) != 0) {
      throw PacketFlaw.malformed("a quality of service or retain flag without a will");
    }
    if ((flags & 0x18) == 0x18) {
      throw PacketFlaw.malformed("a will with QoS 3");
    }
    if (level < Packets.MQTT_5 && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
      throw PacketFlaw.protocolError("a password without a user name");
    }
  }

  private static void skipTextIf(boolean there, ByteBuf packet) {
    if (there) {
      packet.skipBytes(packet.readUnsignedShort());
    }
  }

  private static String text(ByteBuf packet) {
    return packet.readSlice(packet.readUnsignedShort()).toString(StandardCharsets.UTF_8);
  }

  private void checkPublish(int flags, ByteBuf packet) {
    String topic = text(packet);
    if (!topic.isEmpty() && !TopicFilter.isTopic(topic)) {
      throw new PacketFlaw(ReasonCodes.TOPIC_NAME_INVALID, "not a topic to publish on");
    }
    if ((flags & 0x6) != 0) {
      checkPacketId(packet);
    }
    checkProperties(PropertyRules.PUBLISH, packet);
  }

  private void checkResponse(ByteBuf packet) {
    checkPacketId(packet);
    if (level == Packets.MQTT_5 && packet.readableBytes() > 1) {
      packet.skipBytes(1);
      PropertyRules.RESPONSE.check(packet);
    }
  }

  private void checkSubscribe(ByteBuf packet) {
    checkPacketId(packet);
    checkProperties(PropertyRules.SUBSCRIBE, packet);
    while (packet.isReadable()) {
      packet.skipBytes(packet.readUnsignedShort());
      checkOptions(packet.readUnsignedByte());
    }
  }

  private void checkOptions(int options) {
    int reserved = level == Packets.MQTT_5 ? 0xC0 : 0xFC;
    if ((options & reserved) != 0 || (options & 0x3) == 0x3 || (options & 0x30) == 0x30) {
      throw PacketFlaw.malformed("reserved bits of the subscription options");
    }
  }

  private void checkDisconnect(ByteBuf packet) {
    if (level == Packets.MQTT_5 && packet.readableBytes() > 1) {
      packet.skipBytes(1);
      PropertyRules.DISCONNECT.check(packet);
    }
  }
}
