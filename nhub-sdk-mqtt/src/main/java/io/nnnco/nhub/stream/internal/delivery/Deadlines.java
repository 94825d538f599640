package io.nnnco.nhub.stream.internal.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks from time to time whether a running call has passed its deadline; a timer for each message
 * would cost more than most handlers.
 */
final class Deadlines {
  private final Duration deadline;
  private final LongSupplier nanos;
  private final Set<HandlerCall> running = ConcurrentHashMap.newKeySet();
  private final ScheduledFuture<?> sweep;

  /** No call is running yet. */
  Deadlines(Duration deadline, ScheduledExecutorService timer, LongSupplier nanos) {
    this.deadline = deadline;
    this.nanos = nanos;
    long period = Math.max(1, Math.min(deadline.toMillis() / 10, 1_000));
    this.sweep = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
  }

  long nanoTime() {
    return nanos.getAsLong();
  }

  void add(HandlerCall call) {
    running.add(call);
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
    sweep.cancel(false);
  }

  private void check() {
    running.forEach(call -> call.check(deadline));
  }
}
