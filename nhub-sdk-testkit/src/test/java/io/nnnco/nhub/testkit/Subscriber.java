package io.nnnco.nhub.testkit;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** An MQTT 3.1.1 client in a page, so that the fake is tested without the SDK's engines. */
public final class Subscriber implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  /** A message that came. */
  record Received(String topic, String text, int packetId) {}

  private final Socket raw;
  private final SSLSocket socket;
  private final DataInputStream in;

  private Subscriber(Socket raw, SSLSocket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** TLS only. */
  static Subscriber open(FakeNHub fake, Credentials credentials) throws IOException {
    int port = fake.environment().mqttPort();
    Socket raw = new Socket("localhost", port);
    SSLSocket socket =
        (SSLSocket)
            credentials.sslContext().getSocketFactory().createSocket(raw, "localhost", port, true);
    socket.startHandshake();
    return new Subscriber(raw, socket);
  }

  /** Connects, expecting to be let in. */
  public static Subscriber connected(FakeNHub fake, Credentials credentials, String clientId)
      throws IOException {
    Subscriber subscriber = open(fake, credentials);
    int code = subscriber.connect(credentials, clientId);
    if (code != 0) {
      throw new AssertionError("refused with " + code);
    }
    return subscriber;
  }

  /** The return code of a CONNECT with these credentials. */
  static int returnCode(FakeNHub fake, Credentials credentials) throws IOException {
    try (Subscriber subscriber = open(fake, credentials)) {
      return subscriber.connect(credentials, "probe");
    }
  }

  private int connect(Credentials credentials, String clientId) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeUTF("MQTT");
    out.writeByte(4);
    out.writeByte(credentials instanceof UsernamePassword ? 0xC2 : 0x02);
    out.writeShort(60);
    out.writeUTF(clientId);
    if (credentials instanceof UsernamePassword login) {
      out.writeUTF(login.username());
      out.writeUTF(login.password().reveal());
    }
    send(0x10, body.toByteArray());
    return read(0x20)[1];
  }

  /** The return code of a subscription with QoS 1. */
  public int subscribe(String filter) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(1);
    out.writeUTF(filter);
    out.writeByte(1);
    send(0x82, body.toByteArray());
    return read(0x90)[2] & 0xFF;
  }

  /** The next message, of QoS 1. */
  Received receive() throws IOException {
    byte[] body = read(0x32);
    int length = ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
    int idAt = 2 + length;
    return new Received(
        new String(body, 2, length, StandardCharsets.UTF_8),
        new String(body, idAt + 2, body.length - idAt - 2, StandardCharsets.UTF_8),
        ((body[idAt] & 0xFF) << 8) | (body[idAt + 1] & 0xFF));
  }

  void acknowledge(Received message) throws IOException {
    send(0x40, new byte[] {(byte) (message.packetId() >> 8), (byte) message.packetId()});
  }

  private void send(int header, byte[] body) throws IOException {
    byte[] packet = new byte[body.length + 2];
    packet[0] = (byte) header;
    packet[1] = (byte) body.length;
    System.arraycopy(body, 0, packet, 2, body.length);
    socket.getOutputStream().write(packet);
  }

  private byte[] read(int header) throws IOException {
    int found = in.readUnsignedByte();
    if (found != header) {
      throw new AssertionError("expected " + header + ", not " + found);
    }
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit > 0x7F);
    return in.readNBytes(length);
  }

  /** Hangs up without a word of TLS, so that no response to a good-bye is waited for. */
  void abandon() throws IOException {
    raw.close();
  }

  /** Leaves with a DISCONNECT. */
  @Override
  public void close() throws IOException {
    try (socket) {
      socket.getOutputStream().write(new byte[] {(byte) 0xE0, 0});
    } catch (IOException e) {
      // the bridge was quicker
    }
  }
}
