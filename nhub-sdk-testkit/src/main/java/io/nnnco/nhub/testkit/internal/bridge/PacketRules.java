package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import java.util.Set;

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

  private static final int QOS = 0x06;
  private static final int DUP = 0x08;

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
      DataTypes.variableByteInteger(packet);
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
      case PUBACK, PUBREC -> checkResponse(ReasonCodes.OF_PUBACK, packet);
      case PUBREL, PUBCOMP -> checkResponse(ReasonCodes.OF_PUBREL, packet);
      case SUBSCRIBE -> checkSubscribe(packet);
      case UNSUBSCRIBE -> checkUnsubscribe(packet);
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
    DataTypes.text(packet); // the client identifier
    if ((flags & WILL) != 0) {
      checkProperties(PropertyRules.WILL, packet);
      if (!TopicFilter.isTopic(DataTypes.text(packet))) {
        throw PacketFlaw.malformed("the will's topic is not one to publish on");
      }
      DataTypes.skipBinary(packet);
    }
    if ((flags & USER_NAME) != 0) {
      DataTypes.text(packet);
    }
    if ((flags & PASSWORD) != 0) {
      DataTypes.skipBinary(packet);
    }
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

  private void checkPublish(int flags, ByteBuf packet) {
    String topic = DataTypes.text(packet);
    if (!topic.isEmpty() && !TopicFilter.isTopic(topic)) {
      throw PacketFlaw.protocolError("not a topic to publish on");
    }
    if ((flags & QOS) != 0) {
      checkPacketId(packet);
    } else if ((flags & DUP) != 0) {
      throw PacketFlaw.malformed("a duplicate with QoS 0");
    }
    checkProperties(PropertyRules.PUBLISH, packet);
  }

  private void checkResponse(Set<Integer> codes, ByteBuf packet) {
    checkPacketId(packet);
    if (level < Packets.MQTT_5 || !packet.isReadable()) {
      return;
    }
    int code = packet.readUnsignedByte();
    if (!codes.contains(code)) {
      throw PacketFlaw.protocolError("a reason code of " + code);
    }
    if (packet.isReadable()) {
      PropertyRules.RESPONSE.check(packet);
    }
  }

  private void checkSubscribe(ByteBuf packet) {
    checkPacketId(packet);
    checkProperties(PropertyRules.SUBSCRIBE, packet);
    while (packet.isReadable()) {
      checkFilter(packet);
      checkOptions(packet.readUnsignedByte());
    }
  }

  private void checkUnsubscribe(ByteBuf packet) {
    checkPacketId(packet);
    checkProperties(PropertyRules.UNSUBSCRIBE, packet);
    while (packet.isReadable()) {
      checkFilter(packet);
    }
  }

  /** A share that is not well formed is refused in the SUBACK, and the connection stays. */
  private static void checkFilter(ByteBuf packet) {
    String filter = DataTypes.text(packet);
    if (!TopicFilter.isShared(filter) && !TopicFilter.isFilter(filter)) {
      throw PacketFlaw.malformed("not a topic filter");
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
