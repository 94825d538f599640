package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Which properties a client may send in a packet of MQTT 5, that it sends each of them once, and
 * what they may be.
 */
enum PropertyRules {
  CONNECT(0x11, 0x15, 0x16, 0x17, 0x19, 0x21, 0x22, 0x26, 0x27),
  WILL(0x01, 0x02, 0x03, 0x08, 0x09, 0x18, 0x26),
  PUBLISH(0x01, 0x02, 0x03, 0x08, 0x09, 0x23, 0x26),
  RESPONSE(0x1F, 0x26),
  SUBSCRIBE(0x0B, 0x26),
  UNSUBSCRIBE(0x26),
  DISCONNECT(0x11, 0x1F, 0x26);

  private static final int RESPONSE_TOPIC = 0x08;
  private static final int AUTHENTICATION_METHOD = 0x15;
  private static final int AUTHENTICATION_DATA = 0x16;
  private static final int USER_PROPERTY = 0x26;

  /** A bit for each property, at its number. */
  private final long allowed;

  PropertyRules(int... allowed) {
    this.allowed = IntStream.of(allowed).mapToLong(id -> 1L << id).sum();
  }

  /** Reads properties and their length. */
  void check(ByteBuf packet) {
    ByteBuf properties = packet.readSlice(DataTypes.variableByteInteger(packet));
    BitSet seen = new BitSet();
    while (properties.isReadable()) {
      int id = DataTypes.variableByteInteger(properties);
      if (!isAllowed(id)) {
        throw PacketFlaw.malformed("property " + id + " does not belong into " + this);
      }
      if (seen.get(id) && id != USER_PROPERTY) {
        throw PacketFlaw.protocolError("property " + id + " comes twice");
      }
      seen.set(id);
      checkValue(id, properties);
    }
    if (seen.get(AUTHENTICATION_DATA) && !seen.get(AUTHENTICATION_METHOD)) {
      throw PacketFlaw.protocolError("authentication data without a method");
    }
  }

  private boolean isAllowed(int id) {
    return id < Long.SIZE && (allowed & 1L << id) != 0;
  }

  /** Section 2.2.2.2. */
  private static void checkValue(int id, ByteBuf properties) {
    switch (id) {
      case 0x01, 0x17, 0x19 -> checkFlag(id, properties.readUnsignedByte());
      case 0x21, 0x22, 0x23 -> properties.skipBytes(Short.BYTES);
      case 0x02, 0x11, 0x18, 0x27 -> properties.skipBytes(Integer.BYTES);
      case 0x0B -> DataTypes.variableByteInteger(properties);
      case 0x03, AUTHENTICATION_METHOD, 0x1F -> DataTypes.text(properties);
      case RESPONSE_TOPIC -> checkResponseTopic(DataTypes.text(properties));
      case USER_PROPERTY -> {
        DataTypes.text(properties);
        DataTypes.text(properties);
      }
      default -> DataTypes.skipBinary(properties);
    }
  }

  private static void checkResponseTopic(String topic) {
    if (!TopicFilter.isTopic(topic)) {
      throw PacketFlaw.protocolError("the response topic is not one to publish on");
    }
  }

  private static void checkFlag(int id, int value) {
    if (value > 1) {
      throw PacketFlaw.protocolError("property " + id + " is 0 or 1, not " + value);
    }
  }
}
