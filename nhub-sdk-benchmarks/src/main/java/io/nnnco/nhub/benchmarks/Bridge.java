package io.nnnco.nhub.benchmarks;

import java.io.BufferedInputStream;
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
 * One receiver's connection, with just enough MQTT over TLS to send it messages and count its
 * acknowledgements.
 */
abstract class Bridge {
  static final char[] PASSWORD = "changeit".toCharArray();
  static final int CHUNK = 64 * 1024;

  private static final int PATIENCE_MILLIS = 120_000;

  private final SSLSocket socket;
  private final int messages;
  private final DataInputStream in;
  private final OutputStream out;
  private boolean mqtt5;
  private int window = 65_535;
  private volatile int acknowledged;

  Bridge(SSLSocket socket, int messages) throws IOException {
    this.socket = socket;
    this.messages = messages;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), CHUNK));
    this.out = socket.getOutputStream();
  }

  /** Makes a bridge for a receiver that has connected. */
  interface Factory {
    Bridge of(SSLSocket socket) throws IOException;
  }

  /**
   * Prints a port, and serves one receiver after the other there. An error of one is printed.
   *
   * @param folder with {@code server.p12} and {@code ca.p12}
   */
  static void serve(Path folder, Factory factory) throws IOException, GeneralSecurityException {
    SSLServerSocket server =
        (SSLServerSocket) context(folder).getServerSocketFactory().createServerSocket(0);
    server.setNeedClientAuth(true);
    System.out.println(server.getLocalPort());
    while (true) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        factory.of(socket).run();
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

  /** Sends all messages, as fast as it should and {@link #room} lets it. */
  abstract void publish(Uplinks uplinks) throws IOException;

  /** All messages are acknowledged. */
  abstract void done(long nanos) throws IOException;

  /** A message was acknowledged; {@code more} are being read. */
  void acknowledged(boolean more) {}

  /** The receiver was idle for so long that it asks whether anybody is here. */
  abstract void pinged() throws IOException;

  private void run() throws IOException {
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
    publish(new Uplinks(mqtt5));
    while (acknowledged < messages && reader.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    long end = System.nanoTime();
    if (acknowledged < messages) {
      throw new IOException("Only " + acknowledged + " of " + messages + " were acknowledged");
    }
    done(end - start);
  }

  final int messages() {
    return messages;
  }

  /** How many more the receiver takes now; none if all are sent. */
  final int room(int sent) throws IOException {
    if (socket.isClosed()) {
      throw new IOException("The receiver is gone");
    }
    return Math.min(window - (sent - acknowledged), messages - sent);
  }

  final void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  final synchronized void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
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

  private void readAcknowledgements() {
    try {
      for (int count = 0; count < messages; ) {
        int type = in.read();
        in.skipNBytes(in.readByte());
        if (type == 0x40) {
          acknowledged = ++count;
          acknowledged(in.available() >= 4);
        } else if (type == 0xC0) {
          pinged();
        }
      }
    } catch (IOException e) {
      System.err.println("The sender stops: " + e);
      closeQuietly();
    }
    acknowledged(false);
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
}
