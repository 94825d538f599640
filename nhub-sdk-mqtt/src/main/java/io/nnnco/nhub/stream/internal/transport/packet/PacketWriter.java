package io.nnnco.nhub.stream.internal.transport.packet;

import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the packets that a subscriber sends. */
public final class PacketWriter {
  /** The longest packet of MQTT, in bytes: a header, and what four bytes of length can say. */
  public static final long MAXIMUM_LENGTH = 1 + 4 + 268_435_455;

  /** The packet id of the SUBSCRIBE; each connection has one. */
  public static final int SUBSCRIBE_ID = 1;

  private static final int CLEAN = 0x02;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private PacketWriter() {}

  /**
   * A CONNECT (section 3.1).
   *
   * @param clean the flag Clean Start, in MQTT 3.1.1 Clean Session
   */
  public static byte[] connect(ConnectRequest request, MqttVersion version, boolean clean) {
    boolean v5 = version == MqttVersion.MQTT_5;
    UsernamePassword user = request.credentials() instanceof UsernamePassword given ? given : null;
    PacketWriter packet = new PacketWriter();
    packet.string("MQTT");
    packet.body.write(v5 ? 5 : 4);
    packet.body.write((clean ? CLEAN : 0) | (user == null ? 0 : USER_NAME | PASSWORD));
    packet.uint16((int) request.keepAlive().toSeconds());
    if (v5) {
      PacketWriter properties = new PacketWriter();
      properties.body.write(0x11);
      properties.uint32(request.sessionExpiry().toSeconds());
      properties.body.write(0x21);
      properties.uint16(request.receiveMaximum());
      properties.body.write(0x27);
      properties.uint32(PacketReader.MAXIMUM_PACKET_SIZE);
      packet.properties(properties);
    }
    packet.string(request.clientId());
    if (user != null) {
      packet.string(user.username());
      packet.string(user.password().reveal());
    }
    return packet.finish(0x10);
  }

  /** A SUBSCRIBE for all filters (section 3.8), which must not be longer than MQTT allows. */
  public static byte[] subscribe(MqttVersion version, List<String> filters, Qos qos) {
    PacketWriter packet = new PacketWriter();
    packet.uint16(SUBSCRIBE_ID);
    if (version == MqttVersion.MQTT_5) {
      packet.properties(new PacketWriter());
    }
    for (String filter : filters) {
      packet.string(filter);
      packet.body.write(qos.level());
    }
    return packet.finish(0x82);
  }

  /** How many bytes a SUBSCRIBE has, or would have. */
  public static long subscribeLength(MqttVersion version, List<String> filters) {
    return length(version, filters, 1);
  }

  /** How many bytes an UNSUBSCRIBE has. */
  public static long unsubscribeLength(MqttVersion version, List<String> filters) {
    return length(version, filters, 0);
  }

  private static long length(MqttVersion version, List<String> filters, int options) {
    long body = version == MqttVersion.MQTT_5 ? 3 : 2;
    for (String filter : filters) {
      body += 2 + filter.getBytes(StandardCharsets.UTF_8).length + options;
    }
    int header = 2;
    for (long left = body >> 7; left > 0; left >>= 7) {
      header++;
    }
    return header + body;
  }

  /** An UNSUBSCRIBE (section 3.10). */
  public static byte[] unsubscribe(MqttVersion version, int packetId, List<String> filters) {
    PacketWriter packet = new PacketWriter();
    packet.uint16(packetId);
    if (version == MqttVersion.MQTT_5) {
      packet.properties(new PacketWriter());
    }
    filters.forEach(packet::string);
    return packet.finish(0xA2);
  }

  /** A PINGREQ (section 3.12). */
  public static byte[] pingreq() {
    return new byte[] {(byte) 0xC0, 0};
  }

  /**
   * A DISCONNECT (section 3.14).
   *
   * @param reasonCode why; MQTT 3.1.1 does not send it
   * @param sessionExpiry seconds, instead of the CONNECT's; null to keep that. MQTT 3.1.1 does not
   *     send it
   */
  public static byte[] disconnect(
      MqttVersion version, ReasonCode reasonCode, @Nullable Integer sessionExpiry) {
    PacketWriter packet = new PacketWriter();
    if (version == MqttVersion.MQTT_5) {
      PacketWriter properties = new PacketWriter();
      if (sessionExpiry != null) {
        properties.body.write(0x11);
        properties.uint32(sessionExpiry);
      }
      packet.body.write(reasonCode.value());
      packet.properties(properties);
    }
    return packet.finish(0xE0);
  }

  private void uint16(int value) {
    body.write(value >> 8);
    body.write(value);
  }

  private void uint32(long value) {
    uint16((int) (value >> 16));
    uint16((int) value);
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0xFFFF) {
      throw new IllegalArgumentException("A string of MQTT has at most 65,535 bytes");
    }
    uint16(bytes.length);
    body.writeBytes(bytes);
  }

  private void properties(PacketWriter properties) {
    variableInt(body, properties.body.size());
    body.writeBytes(properties.body.toByteArray());
  }

  private byte[] finish(int header) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    variableInt(packet, body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void variableInt(ByteArrayOutputStream target, int value) {
    int left = value;
    while (left > 0x7F) {
      target.write((left & 0x7F) | 0x80);
      left >>= 7;
    }
    target.write(left);
  }
}
