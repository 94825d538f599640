package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent. Callers append; one thread, which runs {@link #sendAll}, writes everything
 * at once. Acknowledgements wait for one another for a moment, so that many leave in one TLS
 * record. If nothing follows, the thread that has appended may write itself, which is cheaper than
 * to wake another.
 */
public final class Outbox {
  /** As many acknowledgements as are worth a record, in bytes. */
  private static final int WORTHWHILE = 64 * 4;

  private static final long PATIENCE_NANOS = 1_000_000;

  /** After a pause as long as this, what is written next is probably alone. */
  private static final long QUIET_NANOS = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private final Condition sent = lock.newCondition();
  private byte[] waiting = new byte[1024];
  private byte[] leaving = new byte[1024];
  private int size;
  private long since;
  private long lastWrite = System.nanoTime() - QUIET_NANOS;
  private boolean urgent;
  private boolean writing;
  private boolean finished;
  private boolean closed;
  private volatile @Nullable Sink sink;
  private @Nullable Throwable failure;

  /** Where the bytes go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes the first bytes, and returns when they are written. */
    void write(byte[] bytes, int length) throws IOException;
  }

  /**
   * Appends a PUBACK of success, which looks alike in both versions (section 3.4).
   *
   * @param lingers whether it waits for more; if not, {@link #flush} follows
   */
  public void puback(int packetId, boolean lingers) {
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
        }
        if (lingers && (size == 4 || (size >= WORTHWHILE && size < WORTHWHILE + 4))) {
          due.signal(); // so that the writer looks at the clock
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
        due.signal();
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

  /**
   * Sends what waits without delay.
   *
   * @param here whether the calling thread may write, if no other does or just did: that may block
   *     it until the connection ends
   */
  public void flush(boolean here) {
    Batch batch;
    lock.lock();
    try {
      if (size == 0 || finished) {
        return;
      }
      boolean quiet = System.nanoTime() - lastWrite >= QUIET_NANOS;
      if (!here || !quiet || writing || sink == null || Thread.currentThread().isInterrupted()) {
        urgent = true;
        due.signal();
        return;
      }
      batch = takeAll();
    } finally {
      lock.unlock();
    }
    try {
      write(batch);
    } catch (IOException
        | RuntimeException
        | Error e) { // What was taken is lost: nothing may follow.
      fail(e);
    }
  }

  private void write(Batch batch) throws IOException {
    try {
      Objects.requireNonNull(sink).write(batch.bytes(), batch.size());
    } finally {
      written();
    }
  }

  private void written() {
    lock.lock();
    try {
      writing = false;
      lastWrite = System.nanoTime();
      sent.signalAll();
      if (size > 0 || finished) {
        due.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The thread that runs {@link #sendAll} tells of it. */
  private void fail(Throwable error) {
    lock.lock();
    try {
      failure = error;
      due.signal();
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
      due.signal();
      sent.signalAll();
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
        left = sent.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where to write from now on. */
  public void sendTo(Sink to) {
    sink = to;
  }

  /** Writes until the last packet is written, or the outbox closed. */
  public void sendAll() throws IOException, InterruptedException {
    for (Batch batch = take(); batch != null; batch = take()) {
      write(batch);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Batch(byte[] bytes, int size) {}

  private @Nullable Batch take() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && failure == null && (writing || !isDue())) {
        if (writing || size == 0) {
          if (finished && !writing) {
            return null;
          }
          due.await();
        } else {
          due.awaitNanos(since + PATIENCE_NANOS - System.nanoTime());
        }
      }
      throwFailure();
      return closed ? null : takeAll();
    } finally {
      lock.unlock();
    }
  }

  private void throwFailure() throws IOException {
    if (failure instanceof IOException broken) {
      throw broken;
    } else if (failure instanceof RuntimeException defect) {
      throw defect;
    } else if (failure instanceof Error error) {
      throw error;
    }
  }

  private boolean isDue() {
    return size > 0
        && (urgent
            || finished
            || size >= WORTHWHILE
            || System.nanoTime() - since >= PATIENCE_NANOS);
  }

  private Batch takeAll() {
    Batch batch = new Batch(waiting, size);
    waiting = leaving;
    leaving = batch.bytes();
    size = 0;
    urgent = false;
    writing = true;
    return batch;
  }
}
