package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection. Callers append; a writer, hired for as long as there is
 * something to write, writes everything at once. Acknowledgements wait for one another for a
 * moment, so that many leave in one TLS record. If nothing follows, the thread that has appended
 * may write itself, which is cheaper than to wake another.
 *
 * <p>Thread-safe. One thread writes at a time; the lock is never held meanwhile.
 */
public final class Outbox {
  /** As many acknowledgements as are worth a record, in bytes. */
  private static final int WORTHWHILE = 64 * 4;

  private static final long PATIENCE_NANOS = 1_000_000;

  /** If nothing came for so long, nothing is likely to be written soon. */
  private static final long QUIET_NANOS = 5_000;

  private final Executor writers;
  private final ScheduledExecutorService timer;
  private final Consumer<Throwable> broken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private final Condition sent = lock.newCondition();
  private byte[] waiting = new byte[1024];
  private byte[] leaving = new byte[1024];
  private int size;
  private long since;
  private boolean urgent;
  private boolean hired;
  private boolean writing;
  private boolean triesAgain;
  private boolean finished;
  private boolean lastWritten;
  private boolean closed;
  private @Nullable Line line;

  /**
   * The connection that the bytes go to.
   *
   * <p>{@code write} is called by one thread at a time. No method but {@code quietNanos} is called
   * under a lock.
   */
  public interface Line {
    /** Writes the first bytes, and returns when they are written. */
    void write(byte[] bytes, int length) throws IOException;

    /** For how long the other side has been waited for, in ns; zero if bytes are being read. */
    long quietNanos();

    /** The last packet is written. */
    default void finishWriting() throws IOException {}
  }

  /**
   * An empty outbox, which keeps everything until it has a line.
   *
   * @param writers runs the writer, which may block until the connection ends
   * @param timer for a writer that cannot be had at the moment
   * @param broken is told why nothing more can be written, on the thread that has tried
   */
  public Outbox(Executor writers, ScheduledExecutorService timer, Consumer<Throwable> broken) {
    this.writers = writers;
    this.timer = timer;
    this.broken = broken;
  }

  /** Where to write from now on. */
  public void sendTo(Line to) {
    boolean hire;
    lock.lock();
    try {
      line = to;
      hire = wantsWriter();
    } finally {
      lock.unlock();
    }
    hireIf(hire);
  }

  /**
   * Appends a PUBACK of success, which looks alike in both versions (section 3.4).
   *
   * @param lingers whether it waits for more; if not, {@link #flush} follows
   * @return false if it is not sent, since it would follow the last packet or a failure
   */
  public boolean puback(int packetId, boolean lingers) {
    boolean hire = false;
    lock.lock();
    try {
      if (finished) {
        return false;
      }
      makeRoom(4);
      waiting[size++] = 0x40;
      waiting[size++] = 2;
      waiting[size++] = (byte) (packetId >> 8);
      waiting[size++] = (byte) packetId;
      if (size == 4) {
        since = System.nanoTime();
      }
      if (lingers) {
        hire = wantsWriter();
        if (size >= WORTHWHILE && size < WORTHWHILE + 4) {
          due.signal();
        }
      }
    } finally {
      lock.unlock();
    }
    hireIf(hire);
    return true;
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
    boolean hire;
    lock.lock();
    try {
      if (finished) {
        return;
      }
      makeRoom(packet.length);
      System.arraycopy(packet, 0, waiting, size, packet.length);
      size += packet.length;
      finished = last;
      hire = hurry();
    } finally {
      lock.unlock();
    }
    hireIf(hire);
  }

  private void makeRoom(int more) {
    if (size + more > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, size + more));
    }
  }

  /**
   * Sends what waits without delay.
   *
   * @param here whether the calling thread may write, if no other does, and nothing more is coming
   *     in: that may block it until the connection ends
   */
  public void flush(boolean here) {
    boolean mayWrite = here && !Thread.currentThread().isInterrupted();
    Batch batch = null;
    boolean hire = false;
    lock.lock();
    try {
      if (size == 0 || finished) {
        return;
      }
      if (mayWrite && !writing && line != null && line.quietNanos() >= QUIET_NANOS) {
        batch = takeAll();
      } else {
        hire = hurry();
      }
    } finally {
      lock.unlock();
    }
    hireIf(hire);
    if (batch != null) {
      write(batch);
    }
  }

  /** Under the lock. Whether to hire a writer. */
  private boolean hurry() {
    urgent = true;
    due.signal();
    return wantsWriter();
  }

  /** Under the lock. Whether to hire a writer, who counts as hired already. */
  private boolean wantsWriter() {
    if (hired || writing || size == 0 || line == null) {
      return false;
    }
    hired = true;
    return true;
  }

  private void hireIf(boolean wanted) {
    if (wanted) {
      try {
        writers.execute(this::writeAll);
      } catch (RejectedExecutionException | OutOfMemoryError e) { // of threads, says the JVM so
        notHired();
      }
    }
  }

  /** What is appended next tries again, or the timer: perhaps nothing is, for long. */
  private void notHired() {
    boolean already;
    lock.lock();
    try {
      hired = false;
      already = triesAgain;
      triesAgain = true;
    } finally {
      lock.unlock();
    }
    if (!already) {
      try {
        timer.schedule(this::hireAgain, 1, TimeUnit.SECONDS);
      } catch (RejectedExecutionException e) {
        // The client is closed, and with it this connection.
      }
    }
  }

  private void hireAgain() {
    boolean hire;
    lock.lock();
    try {
      triesAgain = false;
      hire = wantsWriter();
    } finally {
      lock.unlock();
    }
    hireIf(hire);
  }

  private void writeAll() {
    try {
      for (Batch batch = take(); batch != null; batch = take()) {
        write(batch);
      }
    } catch (RuntimeException | Error e) { // A lack of memory, perhaps: nobody else would write.
      close();
      broken.accept(e);
    }
  }

  /** Waits until something is due; null if there is nothing to write, and the writer leaves. */
  private @Nullable Batch take() {
    lock.lock();
    try {
      awaitDue();
      if (closed || writing || size == 0) {
        hired = false; // Whoever writes now hires the next.
        return null;
      }
      return takeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void awaitDue() {
    try {
      while (!closed && !writing && size > 0 && !isDue()) {
        due.awaitNanos(since + PATIENCE_NANOS - System.nanoTime());
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to; what waits leaves at once.
    }
  }

  private boolean isDue() {
    return urgent || size >= WORTHWHILE || System.nanoTime() - since >= PATIENCE_NANOS;
  }

  /**
   * @param line where to
   * @param last whether the last packet is among them
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Batch(Line line, byte[] bytes, int size, boolean last) {}

  private Batch takeAll() {
    Batch batch = new Batch(Objects.requireNonNull(line), waiting, size, finished);
    waiting = leaving;
    leaving = batch.bytes();
    size = 0;
    urgent = false;
    writing = true;
    return batch;
  }

  private void write(Batch batch) {
    boolean done = false;
    try {
      done = send(batch);
    } finally {
      written(done && batch.last());
    }
  }

  /** Whether all of it is written. */
  private boolean send(Batch batch) {
    boolean done = false;
    try {
      batch.line().write(batch.bytes(), batch.size());
      done = true;
      if (batch.last()) {
        batch.line().finishWriting();
      }
    } catch (IOException | RuntimeException | Error e) {
      broken.accept(e);
    } finally {
      if (!done) {
        close();
      }
    }
    return done;
  }

  /** What was appended meanwhile is left to a writer, if none is hired. */
  private void written(boolean last) {
    boolean hire;
    lock.lock();
    try {
      writing = false;
      lastWritten |= last;
      sent.signalAll();
      hire = wantsWriter();
    } finally {
      lock.unlock();
    }
    hireIf(hire);
  }

  /** Stops sending, whatever waits. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      finished = true;
      size = 0;
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

  /** Waits for the last packet; whether it is written, which it is not after a failure. */
  public boolean awaitFinished(long millis) {
    try {
      awaitSent(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      return lastWritten;
    } finally {
      lock.unlock();
    }
  }
}
