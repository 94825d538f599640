package io.nnnco.nhub.stream.internal.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks from time to time whether a running call has passed its deadline; a timer for each message
 * would cost more than most handlers.
 */
final class Deadlines {
  private final Duration deadline;
  private final LongSupplier nanos;
  private final Set<HandlerCall> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;
  private final long periodMillis;
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile @Nullable Future<?> next;
  private volatile boolean stopped;

  /** No call is running yet. */
  Deadlines(Duration deadline, ScheduledExecutorService timer, LongSupplier nanos) {
    this.deadline = deadline;
    this.nanos = nanos;
    this.timer = timer;
    this.periodMillis = Math.max(1, Math.min(deadline.toMillis() / 10, 1_000));
  }

  long nanoTime() {
    return nanos.getAsLong();
  }

  void add(HandlerCall call) {
    running.add(call);
    sweepLater();
  }

  void remove(HandlerCall call) {
    running.remove(call);
  }

  /** For how long the handler call has run that has run longest; zero where none does. */
  Duration longestCall() {
    return running.stream()
        .map(HandlerCall::age)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  void stop() {
    stopped = true;
    Future<?> pending = next;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  /** If it is not to happen anyway; an idle subscription needs no timer. */
  private void sweepLater() {
    if (!stopped && !sweeping.get() && sweeping.compareAndSet(false, true)) {
      try {
        next = timer.schedule(this::sweep, periodMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The client is closed; nobody waits for handlers any more.
      } catch (OutOfMemoryError e) { // The next call tries again.
        sweeping.set(false);
      }
    }
  }

  private void sweep() {
    try {
      if (!stopped) {
        running.forEach(call -> call.check(deadline));
      }
    } finally {
      sweeping.set(false);
      if (!running.isEmpty()) {
        sweepLater();
      }
    }
  }
}
