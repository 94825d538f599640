package io.nnnco.nhub.stream.internal.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks the running tasks from time to time whether their time is up; a timer for each message would
 * cost more than most handlers.
 */
final class Deadlines {
  private final Duration deadline;
  private final Set<MessageTask> running = ConcurrentHashMap.newKeySet();
  private final ScheduledFuture<?> sweep;

  Deadlines(Duration deadline, ScheduledExecutorService timer) {
    this.deadline = deadline;
    long period = Math.max(1, Math.min(deadline.toMillis() / 10, 1_000));
    this.sweep = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
  }

  void add(MessageTask task) {
    running.add(task);
  }

  void remove(MessageTask task) {
    running.remove(task);
  }

  /** For how long the handler call has run that has run longest; zero where none does. */
  Duration longestCall() {
    return running.stream()
        .map(MessageTask::outFor)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  void stop() {
    sweep.cancel(false);
  }

  private void check() {
    running.forEach(task -> task.check(deadline));
  }
}
