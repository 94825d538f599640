package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.recording.Stall;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages that are at work within the window, in number and in bytes, over all
 * connections, whatever the server sends and whether or not it has sent its SUBACK. A message that
 * finds no room waits here, and the connection is not read until it has found some and half of the
 * window is free. A message that is larger than the window has room when nothing else is at work.
 *
 * <p>A server that keeps within the receive maximum makes a message wait only for bytes, of which
 * it knows nothing; with messages of the usual size its connection is read all the time, and a
 * DISCONNECT or the connection's end is heard at once. Also where the user's pause acts.
 *
 * <p>What waits is what was read before reading could stop: one message, where the reader itself
 * hands over. It belongs to its connection: on the next one the server sends it again. Where it
 * does not, it goes on waiting, and the next connection is not read before there is room for it.
 *
 * <p>Thread-safe.
 *
 * @param <M> a message
 */
final class Window<M extends HeldBytes> {
  private final int size;
  private final long maxBytes;
  private final LongSupplier nanos;
  private final Deque<M> waiting = new ArrayDeque<>();
  private @Nullable Transport connection;
  private boolean subscribed;
  private int inFlight;
  private long bytes;
  private int ending;
  private long lastProgress;
  private volatile boolean stopped;
  private boolean paused;
  private final Stall stall = new Stall();
  private boolean reading = true;
  private long notReadingSince;
  private long notRead;
  private CompletableFuture<Void> idle = new CompletableFuture<>();

  /**
   * An empty window.
   *
   * @param size how many messages may be at work
   * @param maxBytes how many bytes they may hold together
   * @param nanos a clock that never jumps
   */
  Window(int size, long maxBytes, LongSupplier nanos) {
    this.size = size;
    this.maxBytes = maxBytes;
    this.nanos = nanos;
  }

  /**
   * A new connection, before any of its messages. It is being read, unless a message still waits.
   *
   * @param comesAgain which of those that wait the server sends again
   */
  synchronized void connected(Transport transport, Predicate<M> comesAgain) {
    connection = transport;
    subscribed = false;
    reading = true;
    stall.end();
    notRead = 0;
    waiting.removeIf(comesAgain);
    stopped = !waiting.isEmpty();
    apply();
  }

  /**
   * SUBACK came. From now on a pause stops the reading at once; before, only a message does, since
   * the SUBACK is to be read.
   */
  synchronized void subscribed(Transport transport) {
    if (transport == connection) {
      subscribed = true;
      apply();
    }
  }

  synchronized void disconnected(Transport transport) {
    if (transport == connection) {
      connection = null;
      stall.end();
    }
  }

  /**
   * A message came.
   *
   * @param owedRoom whether one more may be owed an acknowledgement
   * @return whether it is at work now; else it waits
   */
  synchronized boolean enters(M message, Transport from, boolean owedRoom) {
    boolean held = paused && !subscribed;
    long more = message.heldBytes();
    if (waiting.isEmpty() && owedRoom && fits(more) && !held) {
      begin(more);
      return true;
    }
    if (from == connection) { // One that was replaced could not be stopped.
      waiting.add(message);
      stopped = true;
      apply();
    }
    return false;
  }

  /**
   * The next message that has waited and is at work now; null if none waits, or none may begin.
   *
   * @param owedRoom whether one more may be owed an acknowledgement
   */
  synchronized @Nullable M next(boolean owedRoom) {
    M first = waiting.peek();
    if (first == null || connection == null) {
      return null; // Between two connections nobody knows whether it comes again.
    }
    long more = first.heldBytes();
    if (!owedRoom || paused || !fits(more)) {
      return null;
    }
    begin(more);
    return waiting.remove();
  }

  /** The share that is in use, of messages or of bytes, whichever is the larger. */
  synchronized double used() {
    return Math.max((double) inFlight / size, (double) bytes / maxBytes);
  }

  /** What waits for bytes never waits for good: those at work finish, and the last makes room. */
  private boolean fits(long more) {
    return inFlight == 0 || (inFlight < size && bytes + more <= maxBytes);
  }

  private void begin(long more) {
    bytes += more;
    if (inFlight++ == 0) {
      lastProgress = nanos.getAsLong();
    }
  }

  /** Reads on, if nothing waits and half of the window is free. */
  synchronized void readOn() {
    if (stopped && waiting.isEmpty() && inFlight <= size / 2 && bytes <= maxBytes / 2) {
      stopped = false;
      apply();
    }
  }

  /** Whether reading is stopped, for want of room. Costs no lock. */
  boolean isStopped() {
    return stopped;
  }

  /** How many messages may be handed over at once, at least one. */
  synchronized int room() {
    return Math.max(1, size - inFlight);
  }

  /** How many bytes may be handed over at once; where none, one message may all the same. */
  synchronized long roomBytes() {
    return maxBytes - bytes;
  }

  /** A message has no verdict, and gets none; its bytes are of no interest any more. */
  void abandoned() {
    ending(0);
    ended();
  }

  /**
   * A message has its verdict, and is about to be acknowledged. It is not counted any more when the
   * server hears of it and may send the next, but nothing is idle before {@link #ended}.
   *
   * @param held its bytes
   */
  synchronized void ending(long held) {
    inFlight--;
    bytes -= held;
    ending++;
    lastProgress = nanos.getAsLong();
  }

  /** A message is acknowledged, where it is to be. */
  synchronized void ended() {
    ending--;
    if (isIdle()) {
      idle.complete(null);
    }
  }

  private boolean isIdle() {
    return inFlight + ending == 0;
  }

  synchronized void pause(boolean on) {
    paused = on;
    apply();
  }

  /** Whether nothing more comes before a message is finished. */
  synchronized boolean isFull() {
    return inFlight >= size || (stopped && !paused && inFlight > 0);
  }

  synchronized boolean isHalfFree() {
    return inFlight <= size / 2;
  }

  synchronized boolean isPaused() {
    return paused;
  }

  /** Whether the SUBACK is still to come, and is kept waiting, since reading is stopped here. */
  synchronized boolean delaysSubscription() {
    return connection != null && !subscribed && !reading;
  }

  /** For how long a connection was not read, since this was last asked. */
  synchronized Duration takeNotRead(Transport transport) {
    if (transport != connection) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    long taken = notRead + (reading ? 0 : now - notReadingSince);
    notRead = 0;
    notReadingSince = now;
    return Duration.ofNanos(taken);
  }

  /** How long ago a message was last finished, or the first of those at work began. */
  synchronized Duration sinceProgress() {
    return inFlight == 0 ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - lastProgress);
  }

  /** Completes when nothing is at work; looks at it now and at each end of a message. */
  synchronized CompletableFuture<Void> whenIdle() {
    idle = isIdle() ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    return idle;
  }

  synchronized int inFlight() {
    return inFlight;
  }

  private void apply() {
    boolean read = !stopped && !(paused && subscribed);
    if (connection == null || read == reading) {
      return;
    }
    reading = read;
    long now = nanos.getAsLong();
    if (read) {
      notRead += now - notReadingSince;
      stall.end();
    } else {
      notReadingSince = now;
      stall.begin(stopped ? Stall.Reason.WINDOW : Stall.Reason.PAUSE);
    }
    connection.setReading(read);
  }
}
