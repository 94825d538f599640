package io.nnnco.nhub.stream.internal.delivery;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run user code, shared by all subscriptions of a client: the user's own executor,
 * virtual threads where the JDK has them, or a bounded pool of daemons that goes away when idle.
 */
public final class Workers implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final int POOL_SIZE = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final @Nullable WorkerPool owned;
  private final int parallelism;
  private final AtomicBoolean warned = new AtomicBoolean();

  private Workers(
      Executor executor,
      ScheduledExecutorService timer,
      @Nullable WorkerPool owned,
      int parallelism) {
    this.executor = executor;
    this.timer = timer;
    this.owned = owned;
    this.parallelism = parallelism;
  }

  /** On an executor of the user's, which is never shut down here. */
  public static Workers on(Executor executor, ScheduledExecutorService timer) {
    return new Workers(executor, timer, null, Integer.MAX_VALUE);
  }

  /** On threads of our own, with the context class loader of the calling one. */
  public static Workers ofDefaults(ScheduledExecutorService timer) {
    ThreadFactory virtual = VirtualThreads.factory("nhub-worker-");
    if (virtual != null) {
      ClassLoader ofCaller = Thread.currentThread().getContextClassLoader();
      return new Workers(
          task -> {
            Thread thread = virtual.newThread(task);
            thread.setContextClassLoader(ofCaller);
            thread.start();
          },
          timer,
          null,
          Integer.MAX_VALUE);
    }
    WorkerPool pool = WorkerPool.of("nhub-worker-", POOL_SIZE);
    return new Workers(pool, timer, pool, POOL_SIZE);
  }

  /** How many tasks may run at once. */
  public int parallelism() {
    return parallelism;
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError e) { // or of threads, says the JVM so
      offerAgain(task);
    }
  }

  /** A pool whose queue is full has room in a moment; one that is shut down, never again. */
  private void offerAgain(Runnable task) {
    if (warned.compareAndSet(false, true)) {
      log.warn(
          "The executor of handlers refuses work, and is asked again every second: its queue is too"
              + " short, it was shut down before the client, or the machine has no more threads");
    }
    try {
      timer.schedule(() -> execute(task), 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The client is closed; what is left is not acknowledged, and comes again.
    }
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
