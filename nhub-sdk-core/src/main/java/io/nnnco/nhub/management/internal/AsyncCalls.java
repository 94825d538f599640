package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls on an executor: the user's, or one of its own with few daemon threads. */
public final class AsyncCalls implements AutoCloseable {
  private static final int THREADS = 8;

  private final Executor executor;
  private final @Nullable ThreadPoolExecutor own;
  private final Set<Runnable> pending = ConcurrentHashMap.newKeySet();

  /** Runs calls on the given executor, or on threads of its own. */
  public AsyncCalls(@Nullable Executor given) {
    this.own = given == null ? daemons() : null;
    this.executor = own != null ? own : Objects.requireNonNull(given);
  }

  private static ThreadPoolExecutor daemons() {
    AtomicInteger number = new AtomicInteger();
    ClassLoader ofBuilder = Thread.currentThread().getContextClassLoader();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                OwnThreads.daemon("nhub-management-" + number.incrementAndGet(), task, ofBuilder));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Starts a call; cancelling the future interrupts it. */
  public <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    FutureTask<?> task = new FutureTask<>(() -> complete(future, call), null);
    Runnable cancellation = () -> future.cancel(true);
    pending.add(cancellation);
    CompletableFuture<T> unused =
        future.whenComplete(
            (result, error) -> {
              pending.remove(cancellation);
              if (future.isCancelled()) {
                task.cancel(true);
              }
            });
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(
          new IllegalStateException("This management client takes no more calls.", e));
    }
    return future;
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> future, Supplier<T> call) {
    try {
      future.complete(call.get());
    } catch (Throwable e) { // The caller looks for errors in the future, too.
      future.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.shutdown();
    }
    pending.forEach(Runnable::run);
  }
}
