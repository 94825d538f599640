package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.nnnco.nhub.testkit.internal.bridge.broker.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The packets that the bridge writes. Mostly with Netty's codec; by hand where a fault may need a
 * code that the codec does not support.
 */
final class Packets {
  static final int MQTT_5 = 5;
  static final int MAXIMUM_PACKET_SIZE = 1 << 20;

  /** How many messages of a client may be without their last response; mosquitto's default. */
  static final int RECEIVE_MAXIMUM = 20;

  private static final int CONNACK = 0x20;
  private static final int SUBACK = 0x90;
  private static final int MAXIMUM_STRING = 200;

  private Packets() {}

  /** Property identifiers (section 2.2.2.2), which Netty 4.1 and 4.2 call by different names. */
  static final class Property {
    static final int PAYLOAD_FORMAT_INDICATOR = 0x01;
    static final int MESSAGE_EXPIRY_INTERVAL = 0x02;
    static final int CONTENT_TYPE = 0x03;
    static final int RESPONSE_TOPIC = 0x08;
    static final int CORRELATION_DATA = 0x09;
    static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
    static final int SESSION_EXPIRY_INTERVAL = 0x11;
    static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
    static final int AUTHENTICATION_METHOD = 0x15;
    static final int REASON_STRING = 0x1F;
    static final int WILL_DELAY_INTERVAL = 0x18;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int TOPIC_ALIAS = 0x23;
    static final int MAXIMUM_QOS = 0x24;
    static final int RETAIN_AVAILABLE = 0x25;
    static final int USER_PROPERTY = 0x26;
    static final int MAXIMUM_PACKET_SIZE = 0x27;

    private Property() {}
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }

  /** A CONNACK that accepts; {@code assignedClientId} is empty if the client sent its own. */
  static MqttMessage accepted(
      int level, boolean sessionPresent, BridgePolicy policy, String assignedClientId) {
    MqttProperties properties = new MqttProperties();
    if (level == MQTT_5) {
      if (policy.maximumQos() < 2) {
        properties.add(new IntegerProperty(Property.MAXIMUM_QOS, policy.maximumQos()));
      } else {
        properties.add(new IntegerProperty(Property.RECEIVE_MAXIMUM, RECEIVE_MAXIMUM));
      }
      properties.add(new IntegerProperty(Property.RETAIN_AVAILABLE, policy.permissive() ? 1 : 0));
      properties.add(new IntegerProperty(Property.MAXIMUM_PACKET_SIZE, MAXIMUM_PACKET_SIZE));
      if (!assignedClientId.isEmpty()) {
        properties.add(new StringProperty(Property.ASSIGNED_CLIENT_IDENTIFIER, assignedClientId));
      }
    }
    return new MqttConnAckMessage(
        header(MqttMessageType.CONNACK),
        new MqttConnAckVariableHeader(
            MqttConnectReturnCode.CONNECTION_ACCEPTED, sessionPresent, properties));
  }

  /** A CONNACK that refuses, with any code. */
  static ByteBuf refused(int level, int code, String reason) {
    if (level < MQTT_5) {
      return Unpooled.wrappedBuffer(new byte[] {CONNACK, 2, 0, (byte) code});
    }
    byte[] text =
        reason
            .substring(0, Math.min(reason.length(), MAXIMUM_STRING / 3))
            .getBytes(StandardCharsets.UTF_8);
    int properties = text.length == 0 ? 0 : 3 + text.length;
    int lengthOfLength = properties > 0x7F ? 2 : 1;
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(CONNACK);
    writeVariableByteInteger(packet, 2 + lengthOfLength + properties);
    packet.writeByte(0).writeByte(code);
    writeVariableByteInteger(packet, properties);
    if (text.length > 0) {
      packet.writeByte(Property.REASON_STRING).writeShort(text.length).writeBytes(text);
    }
    return packet;
  }

  /** A SUBACK, with any codes. */
  static ByteBuf subscribed(int level, int packetId, List<Integer> codes) {
    int properties = level == MQTT_5 ? 1 : 0;
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(SUBACK);
    writeVariableByteInteger(packet, 2 + properties + codes.size());
    packet.writeShort(packetId).writeZero(properties);
    codes.forEach(packet::writeByte);
    return packet;
  }

  private static void writeVariableByteInteger(ByteBuf packet, int value) {
    int rest = value;
    while (rest > 0x7F) {
      packet.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    packet.writeByte(rest);
  }

  static MqttMessage unsubscribed(int packetId, List<Short> codes) {
    return new MqttUnsubAckMessage(
        header(MqttMessageType.UNSUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttUnsubAckPayload(codes));
  }

  static MqttMessage publish(int level, Outgoing outgoing, Instant now) {
    MqttProperties properties = new MqttProperties();
    if (level == MQTT_5) {
      MessageProperties.write(outgoing.message(), now, properties);
      for (int id : outgoing.subscriptionIds()) {
        properties.add(new IntegerProperty(Property.SUBSCRIPTION_IDENTIFIER, id));
      }
    }
    return new MqttPublishMessage(
        new MqttFixedHeader(
            MqttMessageType.PUBLISH,
            outgoing.qos() > 0 && outgoing.again(),
            MqttQoS.valueOf(outgoing.qos()),
            outgoing.retain(),
            0),
        new MqttPublishVariableHeader(outgoing.message().topic(), outgoing.packetId(), properties),
        Unpooled.wrappedBuffer(outgoing.message().payload()));
  }

  static MqttMessage puback(int packetId, int code) {
    return response(header(MqttMessageType.PUBACK), packetId, code);
  }

  static MqttMessage pubrec(int packetId, int code) {
    return response(header(MqttMessageType.PUBREC), packetId, code);
  }

  static MqttMessage pubrel(int packetId, int code) {
    return response(
        new MqttFixedHeader(MqttMessageType.PUBREL, false, MqttQoS.AT_LEAST_ONCE, false, 0),
        packetId,
        code);
  }

  static MqttMessage pubcomp(int packetId, int code) {
    return response(header(MqttMessageType.PUBCOMP), packetId, code);
  }

  private static MqttMessage response(MqttFixedHeader header, int packetId, int code) {
    return new MqttMessage(
        header,
        new MqttPubReplyMessageVariableHeader(packetId, (byte) code, MqttProperties.NO_PROPERTIES));
  }

  static MqttMessage pong() {
    return MqttMessage.PINGRESP;
  }

  /** A DISCONNECT of MQTT 5, with any code. */
  static MqttMessage disconnect(int code, String reason) {
    MqttProperties properties = new MqttProperties();
    if (!reason.isEmpty()) {
      properties.add(new StringProperty(Property.REASON_STRING, reason));
    }
    return new MqttMessage(
        header(MqttMessageType.DISCONNECT),
        new MqttReasonCodeAndPropertiesVariableHeader((byte) code, properties));
  }

  /** An integer property of what a client sent, or a default; unsigned. */
  static long integer(MqttProperties properties, int id, long otherwise) {
    return properties.getProperty(id) instanceof IntegerProperty property
        ? Integer.toUnsignedLong(property.value())
        : otherwise;
  }
}
