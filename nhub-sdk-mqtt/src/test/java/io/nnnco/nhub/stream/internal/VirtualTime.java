package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.internal.delivery.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler and its clock, both under the test's hand: nothing runs but in {@link #advance} and
 * {@link #runDue}, on the caller's thread.
 */
public final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService {
  public static final Instant START = Instant.parse("2026-03-17T00:00:00Z");

  private final Queue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.due).thenComparing(task -> task.number));
  private long now;
  private long sequence;

  public Time time() {
    return new Time(this::instant, this::nanos);
  }

  public synchronized Instant instant() {
    return START.plusNanos(now);
  }

  private synchronized long nanos() {
    return now;
  }

  /** How many tasks wait for their time, periodic ones included. */
  public synchronized int waiting() {
    return tasks.size();
  }

  /** Runs what is due now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** Lets time pass, and runs what becomes due in its order. */
  public void advance(Duration duration) {
    long until = nanos() + duration.toNanos();
    for (Task<?> task = next(until); task != null; task = next(until)) {
      task.runOnce();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized @Nullable Task<?> next(long until) {
    Task<?> first = tasks.peek();
    if (first == null || first.due > until) {
      return null;
    }
    tasks.remove();
    now = Math.max(now, first.due);
    return first;
  }

  private synchronized <T> Task<T> add(Callable<T> work, long delay, long period) {
    Task<T> task = new Task<>(work, now + delay, period, sequence++);
    tasks.add(task);
    return task;
  }

  private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {
    private final long period;
    private final long number;
    private long due;

    Task(Callable<T> work, long due, long period, long number) {
      super(work);
      this.due = due;
      this.period = period;
      this.number = number;
    }

    void runOnce() {
      if (period == 0) {
        run();
      } else if (runAndReset()) {
        synchronized (VirtualTime.this) {
          due = now + period;
          tasks.add(this);
        }
      }
    }

    @Override
    public boolean cancel(boolean interrupt) {
      synchronized (VirtualTime.this) {
        tasks.remove(this);
      }
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public void execute(Runnable command) {
    schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(toCallable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(callable, unit.toNanos(delay), 0);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(toCallable(command), unit.toNanos(initialDelay), unit.toNanos(delay));
  }

  private static Callable<Object> toCallable(Runnable command) {
    return java.util.concurrent.Executors.callable(command);
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
