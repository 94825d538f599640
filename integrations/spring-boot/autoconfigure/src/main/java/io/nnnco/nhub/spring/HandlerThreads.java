package io.nnnco.nhub.spring;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads for handlers. Not an {@link Executor} itself: a bean of that type would take the
 * place of the application's own task executor. The SDK's window bounds the queue.
 */
final class HandlerThreads implements AutoCloseable {
  private static final int MANY = 16;

  private final ThreadPoolExecutor pool;

  HandlerThreads(int threads) {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "nhub-handler-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  static int defaultNumber() {
    return Math.max(MANY, 4 * Runtime.getRuntime().availableProcessors());
  }

  Executor executor() {
    return pool;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
