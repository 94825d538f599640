package io.nnnco.nhub.benchmarks;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks just enough MQTT over TLS to push messages as fast as a receiver's window lets it, and
 * says how long that took: from the first PUBLISH to the last PUBACK. One receiver at a time.
 *
 * <p>Arguments: a folder with {@code server.p12} and {@code ca.p12}, and how many messages. It
 * prints its port, and then a line of nanoseconds for each receiver.
 */
final class Sender {
  static final char[] PASSWORD = "changeit".toCharArray();

  private static final int PATIENCE_MILLIS = 120_000;
  private static final int CHUNK = 64 * 1024;
  private static final int LARGEST_PACKET = 1024;

  private final SSLSocket socket;
  private final int messages;
  private final DataInputStream in;
  private final OutputStream out;
  private final Thread writer = Thread.currentThread();
  private boolean mqtt5;
  private int window = 65_535;
  private volatile int acknowledged;

  private Sender(SSLSocket socket, int messages) throws IOException {
    this.socket = socket;
    this.messages = messages;
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), CHUNK));
    this.out = socket.getOutputStream();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    SSLServerSocket server =
        (SSLServerSocket) context(folder).getServerSocketFactory().createServerSocket(0);
    server.setNeedClientAuth(true);
    System.out.println(server.getLocalPort());
    while (true) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        System.out.println(new Sender(socket, Integer.parseInt(args[1])).run());
      } catch (IOException e) {
        System.out.println(e);
      }
    }
  }

  static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file.toFile())) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(keyStore(folder.resolve("server.p12")), PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keyStore(folder.resolve("ca.p12")));
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private long run() throws IOException {
    connect(readPacket(0x10));
    ByteBuffer subscribe = readPacket(0x80);
    byte high = subscribe.get();
    byte low = subscribe.get();
    write(
        mqtt5
            ? new byte[] {(byte) 0x90, 4, high, low, 0, 1}
            : new byte[] {(byte) 0x90, 3, high, low, 1});
    Thread reader = new Thread(this::readAcknowledgements);
    reader.start();
    long start = System.nanoTime();
    publishAll();
    while (acknowledged < messages && reader.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    long end = System.nanoTime();
    if (acknowledged < messages) {
      throw new IOException("Only " + acknowledged + " of " + messages + " were acknowledged");
    }
    return end - start;
  }

  private void connect(ByteBuffer packet) throws IOException {
    packet.position(2 + packet.getShort(0));
    mqtt5 = packet.get() == 5;
    packet.get();
    packet.getShort();
    if (mqtt5) {
      int length = packet.get();
      int end = packet.position() + length;
      while (packet.position() < end) {
        property(packet);
      }
    }
    write(mqtt5 ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0});
  }

  /** Those of CONNECT that receivers send; its Receive Maximum is the window. */
  private void property(ByteBuffer packet) throws IOException {
    int id = packet.get();
    switch (id) {
      case 0x11, 0x27 -> packet.getInt();
      case 0x17, 0x19 -> packet.get();
      case 0x22 -> packet.getShort();
      case 0x21 -> window = packet.getShort() & 0xFFFF;
      default -> throw new IOException("A property of CONNECT that no receiver here sends: " + id);
    }
  }

  private void publishAll() throws IOException {
    Uplinks uplinks = new Uplinks(mqtt5);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    for (int sent = 0; sent < messages; ) {
      int allowed = Math.min(window - (sent - acknowledged), messages - sent);
      if (allowed == 0) {
        LockSupport.park();
        if (socket.isClosed()) {
          throw new IOException("The receiver is gone");
        }
        continue;
      }
      buffer.clear();
      for (int i = 0; i < allowed && buffer.remaining() >= LARGEST_PACKET; i++) {
        uplinks.put(buffer, sent++ % 65_535 + 1);
      }
      out.write(buffer.array(), 0, buffer.position());
    }
  }

  private void readAcknowledgements() {
    try {
      for (int count = 0; count < messages; ) {
        int type = in.read();
        in.skipNBytes(in.readByte());
        if (type == 0x40) {
          acknowledged = ++count;
          if (in.available() < 4) {
            LockSupport.unpark(writer);
          }
        } else if (type == 0xC0) {
          throw new IOException("A receiver that must ping in the middle of it is stuck");
        }
      }
      LockSupport.unpark(writer);
    } catch (IOException e) {
      System.err.println("The sender stops: " + e);
      closeQuietly();
      LockSupport.unpark(writer);
    }
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is over anyway.
    }
  }

  private ByteBuffer readPacket(int type) throws IOException {
    int header = in.readUnsignedByte();
    if ((header & 0xF0) != type) {
      throw new IOException("A packet of type " + (header >> 4) + " came");
    }
    int length = 0;
    int shift = 0;
    int part;
    do {
      part = in.readUnsignedByte();
      length |= (part & 0x7F) << shift;
      shift += 7;
    } while (part >= 0x80);
    byte[] body = new byte[length];
    in.readFully(body);
    return ByteBuffer.wrap(body);
  }

  private synchronized void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }
}
