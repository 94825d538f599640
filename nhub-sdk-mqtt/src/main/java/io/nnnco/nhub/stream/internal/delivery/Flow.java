package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages that are at work within the window. With QoS 1 the server's receive maximum
 * does that, so the connection is read all the time, and a DISCONNECT or the connection's end is
 * heard at once. With QoS 0, with MQTT 3.1.1, and when the server has lost count with the session,
 * reading stops when the window is full, and goes on when half of it is free; so it does when the
 * server sends more than the receive maximum allows. Also where the user's pause acts.
 *
 * <p>Thread-safe.
 */
final class Flow {
  private final int window;
  private final LongSupplier nanos;
  private @Nullable Transport connection;
  private int inFlight;
  private int ending;
  private long lastProgress;
  private boolean receiveMaximum = true;
  private boolean serverCounts = true;
  private boolean stopped;
  private boolean overrun;
  private boolean paused;
  private CompletableFuture<Void> idle = new CompletableFuture<>();

  /**
   * An empty flow.
   *
   * @param nanos a clock that never jumps
   */
  Flow(int window, LongSupplier nanos) {
    this.window = window;
    this.nanos = nanos;
  }

  /** From SUBACK on; before that, to stop reading would be to wait for the SUBACK in vain. */
  synchronized void subscribed(Transport transport) {
    connection = transport;
    apply();
  }

  synchronized void disconnected(Transport transport) {
    if (transport == connection) {
      connection = null;
    }
  }

  /**
   * A new connection, before any of its messages.
   *
   * @param honoursReceiveMaximum whether the server keeps within the window
   * @param sessionPresent whether it knows what it has sent, which may be at work here still
   */
  synchronized void connected(boolean honoursReceiveMaximum, boolean sessionPresent) {
    receiveMaximum = honoursReceiveMaximum;
    if (!sessionPresent) {
      serverCounts = inFlight == 0;
    }
    stopped |= isFull() && !(receiveMaximum && serverCounts);
  }

  /**
   * A message is at work.
   *
   * @param acknowledged whether the server waits for its acknowledgement
   */
  synchronized void began(boolean acknowledged) {
    if (inFlight++ == 0) {
      lastProgress = nanos.getAsLong();
    }
    if (isFull() && !isHeld(acknowledged) && !stopped) {
      stopped = true;
      apply();
    }
  }

  /** How many messages may be handed over at once, at least one. */
  synchronized int room(boolean acknowledged) {
    return isHeld(acknowledged) ? Integer.MAX_VALUE : Math.max(1, window - inFlight);
  }

  /** Whether the server keeps such messages within the window. */
  private boolean isHeld(boolean acknowledged) {
    return acknowledged && receiveMaximum && serverCounts;
  }

  /** A message has no verdict, and gets none. */
  void abandoned() {
    ending();
    ended();
  }

  /**
   * A message has its verdict, and is about to be acknowledged. It is not counted any more when the
   * server hears of it and may send the next, but nothing is idle before {@link #ended}.
   */
  synchronized void ending() {
    inFlight--;
    ending++;
    lastProgress = nanos.getAsLong();
    serverCounts |= inFlight == 0;
    if (stopped && inFlight <= window / 2) {
      stopped = false;
      apply();
    }
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

  /** The server has sent more than may be unacknowledged, finished here or not. */
  synchronized void overrun(boolean on) {
    overrun = on;
    apply();
  }

  synchronized void pause(boolean on) {
    paused = on;
    apply();
  }

  synchronized boolean isFull() {
    return inFlight >= window;
  }

  synchronized boolean isPaused() {
    return paused;
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
    if (connection != null) {
      connection.setReading(!stopped && !overrun && !paused);
    }
  }
}
