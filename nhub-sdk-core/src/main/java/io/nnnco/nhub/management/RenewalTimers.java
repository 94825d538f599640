package io.nnnco.nhub.management;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where renewals run: on an executor of the user's, or on a daemon thread. Nothing begins after
 * {@link #close}; what runs then comes to its end, because an interrupt could cost a private key.
 */
final class RenewalTimers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ManagedIdentity.class);

  /** Longer than any certificate lives, and not too long for a timer. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final ScheduledExecutorService executor;
  private final boolean owned;
  private volatile boolean closed;

  RenewalTimers(@Nullable ScheduledExecutorService users) {
    this.owned = users == null;
    this.executor = users == null ? ownExecutor() : users;
  }

  /** It calls the user's token provider, in the context of whoever built the client. */
  private static ScheduledExecutorService ownExecutor() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ScheduledThreadPoolExecutor own =
        new ScheduledThreadPoolExecutor(1, task -> OwnThreads.daemon("nhub-renewal", task, loader));
    own.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return own;
  }

  void in(Duration delay, Runnable task) {
    try {
      Duration bounded = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
      executor.schedule(() -> run(task), bounded.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        log.error("An executor that was shut down cannot renew the certificate any more.", e);
      }
    }
  }

  private void run(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException | Error e) { // An executor would say nothing.
      log.error("This is a defect of the N-Hub SDK: please report it", e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    if (owned) {
      executor.shutdown();
    }
  }
}
