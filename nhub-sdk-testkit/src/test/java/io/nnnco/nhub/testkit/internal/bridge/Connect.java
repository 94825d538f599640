package io.nnnco.nhub.testkit.internal.bridge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A CONNECT to be sent. */
record Connect(
    String clientId,
    boolean cleanStart,
    int keepAlive,
    @Nullable String username,
    @Nullable String password,
    String properties) {

  static Connect as(String clientId) {
    return new Connect(clientId, true, 60, null, null, "");
  }

  Connect resuming() {
    return new Connect(clientId, false, keepAlive, username, password, properties);
  }

  Connect keepAlive(int seconds) {
    return new Connect(clientId, cleanStart, seconds, username, password, properties);
  }

  Connect login(String newUsername, String newPassword) {
    return new Connect(clientId, cleanStart, keepAlive, newUsername, newPassword, properties);
  }

  Connect sessionExpiry(int seconds) {
    return with(ByteBuffer.allocate(5).put((byte) 0x11).putInt(seconds).array());
  }

  Connect receiveMaximum(int count) {
    return with(ByteBuffer.allocate(3).put((byte) 0x21).putShort((short) count).array());
  }

  Connect with(byte[] property) {
    String all = properties + HexFormat.of().formatHex(property);
    return new Connect(clientId, cleanStart, keepAlive, username, password, all);
  }

  Packet packet(int level) {
    int flags =
        (cleanStart ? 2 : 0) | (username == null ? 0 : 0x80) | (password == null ? 0 : 0x40);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Packet.string(level == 3 ? "MQIsdp" : "MQTT"));
    body.writeBytes(Packet.bytes(level, flags, keepAlive >> 8, keepAlive & 0xFF));
    if (level >= 5) {
      body.write(properties.length() / 2);
      body.writeBytes(HexFormat.of().parseHex(properties));
    }
    body.writeBytes(Packet.string(clientId));
    if (username != null) {
      body.writeBytes(Packet.string(username));
    }
    if (password != null) {
      body.writeBytes(Packet.string(password));
    }
    return Packet.of(Packet.CONNECT, 0, body.toByteArray());
  }
}
