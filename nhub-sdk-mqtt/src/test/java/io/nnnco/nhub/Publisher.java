package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.identity.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Publishes to a real broker, which the SDK cannot: just enough of MQTT 3.1.1. */
final class Publisher {
  private static final int CONNECT = 0x10;
  private static final int PUBLISH_QOS1 = 0x32;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  Publisher(int port, Credentials credentials) throws IOException {
    socket = credentials.sslContext().getSocketFactory().createSocket("localhost", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) SOON.toMillis());
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    Body connect = new Body();
    connect.data.writeUTF("MQTT");
    connect.data.write(new byte[] {4, 2, 0, 0}); // level, clean session, no keep-alive
    connect.data.writeUTF("publisher");
    send(CONNECT, connect);
    expect("CONNACK", 0x20020000);
  }

  private static final class Body {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream data = new DataOutputStream(bytes);
  }

  /** Publishes by QoS 1, and waits for the acknowledgement. */
  void publish(String topic, String payload) {
    try {
      Body publish = new Body();
      publish.data.writeUTF(topic);
      publish.data.writeShort(1);
      publish.data.write(payload.getBytes(UTF_8));
      send(PUBLISH_QOS1, publish);
      expect("PUBACK", 0x40020001);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(int header, Body body) throws IOException {
    byte[] bytes = body.bytes.toByteArray();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    for (int left = bytes.length; ; left >>= 7) {
      packet.write(left > 0x7F ? (left & 0x7F) | 0x80 : left);
      if (left <= 0x7F) {
        break;
      }
    }
    packet.writeBytes(bytes);
    out.write(packet.toByteArray());
    out.flush();
  }

  private void expect(String what, int packet) throws IOException {
    int came = in.readInt();
    if (came != packet) {
      throw new IOException("Not the " + what + ": " + Integer.toHexString(came));
    }
  }

  void close() throws IOException {
    socket.close();
  }
}
