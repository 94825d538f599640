package io.nnnco.nhub.examples.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Publishes, which the SDK cannot: just enough of MQTT 3.1.1. For one thread at a time. */
final class Publisher implements AutoCloseable {
  private static final int CONNECT = 0x10;
  private static final int PUBLISH_QOS1 = 0x32;
  private static final byte CLEAN_SESSION = 0x02;
  private static final byte WITH_LOGIN = (byte) 0xC0;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  /** Connects over a TLS socket. */
  Publisher(Socket socket, String username, String password) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    Body connect = new Body();
    connect.data.writeUTF("MQTT");
    connect.data.write(new byte[] {4, WITH_LOGIN | CLEAN_SESSION, 0, 0});
    connect.data.writeUTF("load-publisher");
    connect.data.writeUTF(username);
    connect.data.writeUTF(password);
    write(CONNECT, connect);
    out.flush();
    expect("CONNACK", 0x20020000);
  }

  private static final class Body {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream data = new DataOutputStream(bytes);
  }

  /** Publishes all by QoS 1, and waits for their acknowledgements. */
  void publish(String[] topics, String[] payloads) throws IOException {
    for (int i = 0; i < topics.length; i++) {
      Body publish = new Body();
      publish.data.writeUTF(topics[i]);
      publish.data.writeShort(i + 1);
      publish.data.write(payloads[i].getBytes(UTF_8));
      write(PUBLISH_QOS1, publish);
    }
    out.flush();
    for (int i = 0; i < topics.length; i++) {
      expect("PUBACK", 0x40020000 + i + 1);
    }
  }

  private void write(int header, Body body) throws IOException {
    out.write(header);
    int left = body.bytes.size();
    for (; left > 0x7F; left >>= 7) {
      out.write((left & 0x7F) | 0x80);
    }
    out.write(left);
    body.bytes.writeTo(out);
  }

  private void expect(String what, int packet) throws IOException {
    int came = in.readInt();
    if (came != packet) {
      throw new IOException("Not the " + what + ": " + Integer.toHexString(came));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
