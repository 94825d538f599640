package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.malformed;
import static io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException.protocol;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;

/** Parses whole packets, strictly; it never guesses at what MQTT calls malformed. */
final class PacketParser {
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;

  private static final int NO_SUBSCRIPTION_EXISTED = 0x11;
  private static final int REFUSED = 0x80;

  private final MqttVersion version;
  private final TopicCache topics = new TopicCache();

  PacketParser(MqttVersion version) {
    this.version = version;
  }

  /**
   * Parses a packet.
   *
   * @param header the first byte
   * @param body what follows the remaining length
   */
  Packet parse(int header, Cursor body) throws MalformedPacketException {
    int type = header >> 4;
    Packet packet =
        switch (type) {
          case CONNACK -> connack(body);
          case PUBLISH -> publish(header, body);
          case SUBACK -> suback(body);
          case UNSUBACK -> unsuback(body);
          case PINGRESP -> new Packet.Pingresp();
          default -> disconnect(body);
        };
    body.requireEnd();
    return packet;
  }

  /** Checks what can be known before the rest of a packet has arrived. */
  void check(int header) throws MalformedPacketException {
    switch (header >> 4) {
      case CONNACK, SUBACK, UNSUBACK, PINGRESP -> requireNoFlags(header);
      case DISCONNECT -> {
        requireNoFlags(header);
        if (version == MqttVersion.MQTT_3_1_1) {
          throw protocol("A server sends no DISCONNECT in MQTT 3.1.1");
        }
      }
      case PUBLISH -> checkPublish(header);
      case 0 -> throw malformed("There is no packet of type 0");
      default -> throw protocol("A subscriber was sent a packet of type " + (header >> 4));
    }
  }

  /** MQTT 5 allows a length no more bytes than it needs; 3.1.1 does not say (section 2.2.3). */
  void checkLength(byte part, int shift) throws MalformedPacketException {
    if (part == 0 && shift > 0 && version == MqttVersion.MQTT_5) {
      throw malformed("A remaining length has more bytes than it needs");
    }
  }

  private static void requireNoFlags(int header) throws MalformedPacketException {
    if ((header & 0x0F) != 0) {
      throw malformed("A packet of type " + (header >> 4) + " has flags");
    }
  }

  private static void checkPublish(int header) throws MalformedPacketException {
    int qos = (header >> 1) & 0x03;
    if (qos == 3) {
      throw malformed("A PUBLISH has QoS 3");
    }
    if (qos == 2) {
      throw protocol("A PUBLISH has QoS 2, which was not requested");
    }
    if (qos == 0 && (header & 0x08) != 0) {
      throw malformed("A PUBLISH of QoS 0 has the DUP flag");
    }
  }

  private Packet connack(Cursor body) throws MalformedPacketException {
    int flags = body.readByte();
    int code = body.readByte();
    if (flags > 1 || (flags == 1 && code != 0)) {
      throw malformed("A CONNACK has flags " + flags + " with code " + code);
    }
    Properties properties = Properties.NONE;
    ReasonCode reasonCode;
    if (version == MqttVersion.MQTT_5) {
      // A server that does not speak MQTT 5 responds with a code of its own version, most often
      // without properties; Moquette 0.17 has an empty set of them.
      reasonCode = code > 0 && code < 0x80 ? ReasonCode.ofReturnCode(code) : ReasonCode.of(code);
      if (body.remaining() > 0 || code == 0) {
        properties = Properties.read(body, Properties.IN_CONNACK);
      }
    } else {
      reasonCode = code == 0 ? ReasonCode.of(0) : ReasonCode.ofReturnCode(code);
    }
    return new Packet.Connack(
        flags == 1, reasonCode, code == 0, properties.terms(), properties.reason);
  }

  private String topic(Cursor body) throws MalformedPacketException {
    String known = body.readString(topics);
    if (known != null) {
      return known;
    }
    String topic = body.readString();
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new MalformedPacketException(
          ReasonCode.TOPIC_NAME_INVALID, "The topic of a PUBLISH has a wildcard");
    }
    topics.add(topic);
    return topic;
  }

  private Packet publish(int header, Cursor body) throws MalformedPacketException {
    String topic = topic(body);
    int packetId = (header & 0x02) == 0 ? 0 : packetId(body);
    Properties properties =
        version == MqttVersion.MQTT_5
            ? Properties.read(body, Properties.IN_PUBLISH)
            : Properties.NONE;
    if (properties.topicAlias) {
      throw new MalformedPacketException(
          ReasonCode.TOPIC_ALIAS_INVALID, "A PUBLISH has a topic alias, which was not allowed");
    }
    if (topic.isEmpty()) {
      throw protocol("A PUBLISH has no topic");
    }
    return new Packet.Publish(
        new InboundMessage(
            topic, body.readRest(), (header & 0x08) != 0, packetId, properties.userProperties));
  }

  private Packet suback(Cursor body) throws MalformedPacketException {
    int packetId = packetId(body);
    if (version == MqttVersion.MQTT_5) {
      Properties.read(body, Properties.IN_SUBACK);
    }
    int[] codes = codes(body);
    for (int code : codes) {
      if (code > 2 && code < REFUSED) {
        throw malformed("A SUBACK has the code " + code);
      }
    }
    return new Packet.Suback(packetId, codes);
  }

  /** In MQTT 5 with a code for each filter, in 3.1.1 with nothing. */
  private Packet unsuback(Cursor body) throws MalformedPacketException {
    int packetId = packetId(body);
    if (version == MqttVersion.MQTT_3_1_1) {
      return new Packet.Unsuback(packetId, new int[0]);
    }
    Properties.read(body, Properties.IN_SUBACK);
    int[] codes = codes(body);
    for (int code : codes) {
      if (code != 0 && code != NO_SUBSCRIPTION_EXISTED && code < REFUSED) {
        throw malformed("An UNSUBACK has the code " + code);
      }
    }
    return new Packet.Unsuback(packetId, codes);
  }

  private static int[] codes(Cursor body) throws MalformedPacketException {
    int[] codes = new int[body.remaining()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = body.readByte();
    }
    if (codes.length == 0) {
      throw malformed("A SUBACK or UNSUBACK has no codes");
    }
    return codes;
  }

  private static int packetId(Cursor body) throws MalformedPacketException {
    int packetId = body.readShort();
    if (packetId == 0) {
      throw protocol("A packet id is 0");
    }
    return packetId;
  }

  /** Code and properties may be omitted (section 3.14.2). */
  private static Packet disconnect(Cursor body) throws MalformedPacketException {
    int code = body.remaining() == 0 ? 0 : body.readByte();
    Properties properties =
        body.remaining() == 0 ? Properties.NONE : Properties.read(body, Properties.IN_DISCONNECT);
    return new Packet.Disconnect(ReasonCode.of(code), properties.reason);
  }
}
