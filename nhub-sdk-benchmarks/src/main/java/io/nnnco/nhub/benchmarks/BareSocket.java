package io.nnnco.nhub.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The limit of any receiver in Java: one thread that reads TLS from a socket, acknowledges, and
 * looks at nothing but lengths and packet ids.
 */
final class BareSocket {
  private static final int CHUNK = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final byte[] read = new byte[CHUNK];
  private final ByteBuffer acknowledgements = ByteBuffer.allocate(CHUNK);
  private int from;
  private int to;

  private BareSocket(SSLSocket socket) throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Connects with MQTT 5 and subscribes; reads on a thread of its own. */
  static void receive(SSLContext context, int port, String topics) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.setTcpNoDelay(true);
    byte[] topic = topics.getBytes(StandardCharsets.UTF_8);
    ByteBuffer hello = ByteBuffer.allocate(CHUNK);
    hello
        .put((byte) 0x10)
        .put((byte) 14)
        .putShort((short) 4)
        .put("MQTT".getBytes(StandardCharsets.US_ASCII));
    hello
        .put((byte) 5)
        .put((byte) 2)
        .putShort((short) 0)
        .put((byte) 0)
        .putShort((short) 1)
        .put((byte) 'b');
    hello.put((byte) 0x82).put((byte) (6 + topic.length)).putShort((short) 1).put((byte) 0);
    hello.putShort((short) topic.length).put(topic).put((byte) 1);
    socket.getOutputStream().write(hello.array(), 0, hello.position());
    DataInputStream responses = new DataInputStream(socket.getInputStream());
    for (int packet = 0; packet < 2; packet++) {
      responses.readByte();
      responses.skipNBytes(responses.readByte());
    }
    BareSocket receiver = new BareSocket(socket);
    new Thread(receiver::readAll, "bare-socket").start();
  }

  private void readAll() {
    try {
      for (int count = in.read(read, to, CHUNK - to);
          count > 0;
          count = in.read(read, to, CHUNK - to)) {
        to += count;
        while (acknowledge()) {}
        System.arraycopy(read, from, read, 0, to - from);
        to -= from;
        from = 0;
        out.write(acknowledgements.array(), 0, acknowledgements.position());
        acknowledgements.clear();
      }
    } catch (IOException e) {
      System.err.println("The bare socket stops: " + e);
    }
  }

  /** Takes the next PUBLISH; false if it has not come whole. */
  private boolean acknowledge() {
    int at = from + 1;
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      if (at >= to) {
        return false;
      }
      byte part = read[at++];
      length |= (part & 0x7F) << shift;
      if (part >= 0) {
        break;
      }
    }
    if (to - at < length) {
      return false;
    }
    int packetId = at + 2 + (((read[at] & 0xFF) << 8) | (read[at + 1] & 0xFF));
    acknowledgements.put((byte) 0x40).put((byte) 2).put(read, packetId, 2);
    from = at + length;
    return true;
  }
}
