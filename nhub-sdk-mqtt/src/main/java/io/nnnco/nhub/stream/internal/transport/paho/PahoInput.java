package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.internal.transport.Gate;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Paho reads: whole packets that were read and checked here before. It reads in large pieces,
 * and stops between two packets on request. Read by one thread; the gate may be moved by any.
 */
final class PahoInput extends InputStream {
  private final InputStream in;
  private final Filter filter;
  private final CountDownLatch started;
  private final PacketReader reader = new PacketReader(MqttVersion.MQTT_5);
  private final Gate gate = new Gate();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean atEnd;
  private byte[] packet = new byte[0];
  private int position;
  private volatile long lastRead = System.nanoTime();

  /** Gets every packet before Paho does. */
  interface Filter {
    /**
     * A packet has arrived.
     *
     * @param bytes gives it, whole
     * @return what Paho should read instead; empty for nothing
     * @throws IOException if Paho must not read any more
     */
    byte[] pass(Packet packet, Supplier<byte[]> bytes) throws IOException;

    /** The next packet may take its time. */
    void readComplete();

    /** Bytes came. */
    void read();

    /** The bytes are not a packet; Paho reads nothing more. */
    void violated(MalformedPacketException violation);

    /** This program failed, for want of memory perhaps; Paho reads nothing any more. */
    void failed(Throwable error);
  }

  /** Reads nothing before {@code started}. */
  PahoInput(InputStream in, Filter filter, CountDownLatch started) {
    this.in = in;
    this.filter = filter;
    this.started = started;
  }

  boolean reading() {
    return gate.isOpen();
  }

  void setReading(boolean reading) {
    gate.set(reading);
  }

  /**
   * Waits until there is nothing more to read.
   *
   * @return whether the server has closed the connection properly, in this time
   */
  boolean awaitEnd(Duration patience) {
    try {
      return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS) && atEnd;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  long quietNanos() {
    return reader.quietNanos();
  }

  long lastRead() {
    return lastRead;
  }

  @Override
  public int available() {
    return packet.length - position;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? packet[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, packet.length - position);
    System.arraycopy(packet, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    while (position == packet.length) {
      if (!nextPacket()) {
        return false;
      }
    }
    return true;
  }

  private boolean nextPacket() throws IOException {
    boolean read = false;
    try {
      read = readPacket();
      atEnd = !read;
    } finally {
      if (!read) {
        try {
          filter.readComplete();
        } finally {
          ended.countDown();
        }
      }
    }
    return read;
  }

  private boolean readPacket() throws IOException {
    awaitStarted();
    try {
      awaitGate();
      Packet next = reader.next();
      while (next == null) {
        filter.readComplete();
        if (!reader.fill(in)) {
          return false;
        }
        lastRead = System.nanoTime();
        filter.read();
        next = reader.next();
      }
      // The gate may have been shut while the socket was waited for.
      awaitGate();
      packet = filter.pass(next, reader::lastPacket);
      position = 0;
      return true;
    } catch (MalformedPacketException e) {
      filter.violated(e);
      throw new IOException("Not an MQTT packet", e);
    } catch (RuntimeException | Error e) {
      filter.failed(e); // Paho's reader would end without a word.
      throw new IOException("Reading failed", e);
    }
  }

  private void awaitGate() throws InterruptedIOException {
    if (!gate.isOpen()) {
      filter.readComplete();
      gate.awaitOpen();
    }
  }

  private void awaitStarted() throws InterruptedIOException {
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted before anything was sent");
    }
  }
}
