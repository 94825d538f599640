package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages that are at work within the window: stops reading when it is full, and reads
 * on when half of it is free. With QoS 1 the server's receive maximum does the same; with QoS 0,
 * and for what is left of an earlier session, nothing else would. Also where the user's pause acts.
 *
 * <p>Thread-safe.
 */
final class Flow {
  private final int window;
  private final LongSupplier nanos;
  private @Nullable Transport connection;
  private int inFlight;
  private long lastProgress;
  private boolean full;
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

  synchronized void began() {
    if (inFlight++ == 0) {
      lastProgress = nanos.getAsLong();
    }
    if (inFlight >= window && !full) {
      full = true;
      apply();
    }
  }

  synchronized void ended() {
    inFlight--;
    lastProgress = nanos.getAsLong();
    if (full && inFlight <= window / 2) {
      full = false;
      apply();
    }
    if (inFlight == 0) {
      idle.complete(null);
    }
  }

  synchronized void pause(boolean on) {
    paused = on;
    apply();
  }

  synchronized boolean isFull() {
    return full;
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
    idle = inFlight == 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    return idle;
  }

  synchronized int inFlight() {
    return inFlight;
  }

  private void apply() {
    if (connection != null) {
      connection.setReading(!full && !paused);
    }
  }
}
