package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** MQTT 5 packets of a server, made by hand and not checked. */
final class Wire {
  static final int CONNECT = 1;
  static final int PUBACK = 4;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int PINGREQ = 12;
  static final int DISCONNECT = 14;

  private Wire() {}

  static byte[] connack(int reasonCode, int... properties) {
    return packet(0x20, concat(bytes(0, reasonCode, properties.length), bytes(properties)));
  }

  /** Grants or refuses, a code per filter. */
  static byte[] suback(int packetId, int... codes) {
    return packet(0x90, concat(bytes(packetId >> 8, packetId, 0), bytes(codes)));
  }

  /** Says for each filter what has become of it. */
  static byte[] unsuback(int packetId, int... codes) {
    return packet(0xB0, concat(bytes(packetId >> 8, packetId, 0), bytes(codes)));
  }

  /** A PUBLISH of QoS 1, or of QoS 0 where the packet id is 0. */
  static byte[] publish(String topic, int packetId, byte[] payload) {
    return publish(packetId == 0 ? 0x30 : 0x32, topic, packetId, new byte[0], payload);
  }

  static byte[] publish(int header, String topic, int packetId, byte[] properties, byte[] payload) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return packet(
        header,
        concat(
            bytes(name.length >> 8, name.length),
            name,
            (header & 0x06) == 0 ? new byte[0] : bytes(packetId >> 8, packetId),
            bytes(properties.length),
            properties,
            payload));
  }

  /** A PUBLISH of QoS 1 in either version; in 3.1.1 without properties. */
  static byte[] publish(MqttVersion version, String topic, int packetId, byte[] payload) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return version == MqttVersion.MQTT_5
        ? publish(topic, packetId, payload)
        : packet(
            0x32,
            concat(
                bytes(name.length >> 8, name.length),
                name,
                bytes(packetId >> 8, packetId),
                payload));
  }

  static byte[] disconnect(int reasonCode) {
    return packet(0xE0, bytes(reasonCode, 0));
  }

  static byte[] pingresp() {
    return bytes(0xD0, 0);
  }

  static byte[] packet(int header, byte[] body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    int left = body.length;
    do {
      packet.write(left > 0x7F ? (left & 0x7F) | 0x80 : left);
      left >>= 7;
    } while (left > 0);
    packet.writeBytes(body);
    return packet.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
