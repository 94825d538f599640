package io.nnnco.nhub.testkit.internal.control.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections of clients that do not finish their request, or do not read the response:
 * the thread that waits for them is interrupted, which closes its socket. Otherwise a few such
 * clients would keep all threads.
 */
final class Deadlines implements Executor, AutoCloseable {
  private final ExecutorService threads;
  private final Duration patience;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-nhub-control-deadlines");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Thread, Future<?>> pending = new ConcurrentHashMap<>();

  /** With the threads that serve, and how long a client may keep one waiting. */
  Deadlines(ExecutorService threads, Duration patience) {
    this.threads = threads;
    this.patience = patience;
  }

  /** Serves one request, which has not been read yet. */
  @Override
  public void execute(Runnable exchange) {
    threads.execute(
        () -> {
          begin();
          try {
            exchange.run();
          } finally {
            end();
          }
        });
  }

  /** From now on, this thread waits for its client. */
  void begin() {
    end();
    Thread waiting = Thread.currentThread();
    pending.put(
        waiting, timer.schedule(waiting::interrupt, patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** This thread no longer waits for its client. */
  void end() {
    Future<?> deadline = pending.remove(Thread.currentThread());
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
