package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent. Callers only append; one thread, which runs {@link #sendAll}, writes
 * everything at once. Acknowledgements wait for one another for a moment, so that many leave in one
 * TLS record.
 */
public final class Outbox {
  /** As many acknowledgements as are worth a record, in bytes. */
  private static final int WORTHWHILE = 64 * 4;

  private static final long PATIENCE_NANOS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] waiting = new byte[1024];
  private byte[] leaving = new byte[1024];
  private int size;
  private long since;
  private boolean urgent;
  private boolean writing;
  private boolean finished;
  private boolean closed;

  /** Where the bytes go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes the first bytes, and returns when they are written. */
    void write(byte[] bytes, int length) throws IOException;
  }

  /** Appends a PUBACK of success, which looks alike in both versions (section 3.4). */
  public void puback(int packetId) {
    lock.lock();
    try {
      if (!finished) {
        makeRoom(4);
        waiting[size++] = 0x40;
        waiting[size++] = 2;
        waiting[size++] = (byte) (packetId >> 8);
        waiting[size++] = (byte) packetId;
        if (size == 4) {
          since = System.nanoTime();
          changed.signalAll(); // so that the writer looks at the clock
        } else if (size >= WORTHWHILE && size < WORTHWHILE + 4) {
          changed.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Appends a PINGREQ and sends it without delay. */
  public void ping() {
    append(PacketWriter.pingreq(), false);
  }

  /** Appends a packet and sends it, with all before it, without delay. */
  public void send(byte[] packet) {
    append(packet, false);
  }

  /** Appends the last packet; later ones are not sent. */
  public void finish(byte[] last) {
    append(last, true);
  }

  private void append(byte[] packet, boolean last) {
    lock.lock();
    try {
      if (!finished) {
        makeRoom(packet.length);
        System.arraycopy(packet, 0, waiting, size, packet.length);
        size += packet.length;
        urgent = true;
        finished = last;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom(int more) {
    if (size + more > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, size + more));
    }
  }

  /** Sends what waits without delay. */
  public void flush() {
    lock.lock();
    try {
      if (size > 0) {
        urgent = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops sending, whatever waits. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      finished = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is sent, or the time is up. */
  public void awaitSent(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while ((size > 0 || writing) && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes until the last packet is written, or the outbox closed. */
  public void sendAll(Sink sink) throws IOException, InterruptedException {
    for (Batch batch = take(); batch != null; batch = take()) {
      sink.write(batch.bytes(), batch.size());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Batch(byte[] bytes, int size) {}

  private @Nullable Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      writing = false;
      changed.signalAll();
      while (!finished && (size == 0 || (!urgent && size < WORTHWHILE))) {
        if (size == 0) {
          changed.await();
        } else if (changed.awaitNanos(since + PATIENCE_NANOS - System.nanoTime()) <= 0) {
          break;
        }
      }
      if (closed || size == 0) {
        return null;
      }
      Batch batch = new Batch(waiting, size);
      waiting = leaving;
      leaving = batch.bytes();
      size = 0;
      urgent = false;
      writing = true;
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
