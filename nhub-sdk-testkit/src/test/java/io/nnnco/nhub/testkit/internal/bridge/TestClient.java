package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An MQTT client that does what it is told, packet by packet. */
final class TestClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  final int level;
  private final Socket raw;
  private final SSLSocket socket;
  private final DataInputStream in;
  private int lastPacketId;

  private TestClient(int level, Socket raw, SSLSocket socket) throws IOException {
    this.level = level;
    this.raw = raw;
    this.socket = socket;
    this.socket.setSoTimeout(PATIENCE_MILLIS);
    this.socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  /** A connection with its TLS handshake done, and no CONNECT yet. */
  static TestClient open(int port, SSLContext tls, int level, String... protocols)
      throws IOException {
    Socket raw = new Socket("localhost", port);
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", port, true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return new TestClient(level, raw, socket);
  }

  SSLSocket socket() {
    return socket;
  }

  /** Hangs up without a word of TLS. */
  void abandon() throws IOException {
    raw.close();
  }

  /** Reads and acknowledges that many PUBLISHes of QoS 1, and returns their payloads. */
  List<String> receive(int count) throws IOException {
    socket.setSoTimeout(5 * PATIENCE_MILLIS); // many others may be served in between
    BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    List<String> payloads = new ArrayList<>(count);
    while (payloads.size() < count) {
      Packet publish = read(Packet.PUBLISH);
      payloads.add(publish.text(level));
      int id = publish.packetId();
      out.write(Packet.of(Packet.PUBACK, 0, Packet.bytes(id >> 8, id & 0xFF)).encoded());
      if (in.available() == 0 || payloads.size() == count) {
        out.flush();
      }
    }
    return payloads;
  }

  void send(Packet packet) throws IOException {
    socket.getOutputStream().write(packet.encoded());
  }

  /** The next packet, whatever it is. */
  Packet read() throws IOException {
    return Packet.read(in);
  }

  Packet read(int type) throws IOException {
    Packet packet = read();
    assertEquals(type, packet.type, packet::toString);
    return packet;
  }

  /** Asserts that the bridge has closed its side in good order. */
  void readEnd() throws IOException {
    assertEquals(-1, in.read());
  }

  Packet connect(Connect connect) throws IOException {
    send(connect.packet(level));
    return read(Packet.CONNACK);
  }

  /** Connects, and expects to be let in. */
  TestClient accepted(Connect connect) throws IOException {
    Packet connack = connect(connect);
    assertEquals(0, connack.at(1), connack::toString);
    return this;
  }

  /** The SUBACK's last code. */
  int subscribe(String filter, int options, int... properties) throws IOException {
    byte[] propertyBytes =
        level == 5 ? Packet.bytes(prepend(properties.length, properties)) : new byte[0];
    send(
        Packet.of(
            Packet.SUBSCRIBE,
            2,
            Packet.bytes(0, ++lastPacketId),
            propertyBytes,
            Packet.string(filter),
            Packet.bytes(options)));
    Packet suback = read(Packet.SUBACK);
    assertEquals(lastPacketId, suback.shortAt(0));
    return suback.last();
  }

  private static int[] prepend(int first, int[] rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  void acknowledge(int packetId) throws IOException {
    send(Packet.of(Packet.PUBACK, 0, Packet.bytes(packetId >> 8, packetId & 0xFF)));
  }

  void acknowledge(Packet publish) throws IOException {
    acknowledge(publish.packetId());
  }

  void ping() throws IOException {
    send(Packet.of(Packet.PINGREQ, 0));
  }

  void disconnect() throws IOException {
    send(Packet.of(Packet.DISCONNECT, 0));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
