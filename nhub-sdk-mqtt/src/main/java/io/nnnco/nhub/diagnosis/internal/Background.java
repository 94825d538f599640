package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what may block for ever, and waits for it only so long. */
final class Background implements AutoCloseable {
  private final ExecutorService threads;

  /** Its threads call the user's code in the context of the calling thread. */
  Background() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    threads = Executors.newCachedThreadPool(task -> OwnThreads.daemon("nhub-doctor", task, loader));
  }

  <T> Future<T> start(Callable<T> task) {
    return threads.submit(task);
  }

  /** The result, or why there is none. An interrupted thread waits no longer, and stays so. */
  static <T> T await(Future<T> future, Duration limit) throws ExecutionException, TimeoutException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new TimeoutException("Interrupted");
    } catch (TimeoutException e) {
      future.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw new TimeoutException("Given up before");
    }
  }

  <T> T call(Callable<T> task, Duration limit) throws ExecutionException, TimeoutException {
    return await(start(task), limit);
  }

  /** Whatever still blocks, does so on a daemon thread. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
