package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a client that runs timers and decisions; nothing on it may block. */
public final class Control extends ScheduledThreadPoolExecutor {
  private static final Logger log = LoggerFactory.getLogger(Control.class);

  private Control(boolean daemon) {
    super(
        1,
        task -> {
          Thread thread = OwnThreads.daemon("nhub-control", task);
          thread.setDaemon(daemon);
          return thread;
        });
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * A thread named {@code nhub-control}.
   *
   * @param daemon false to keep the JVM running from now until it is shut down
   */
  public static ScheduledExecutorService start(boolean daemon) {
    Control control = new Control(daemon);
    if (!daemon) {
      control.prestartCoreThread();
    }
    return control;
  }

  /**
   * An exception here is a defect of this SDK: it must not vanish in a future that no code reads.
   */
  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    Throwable defect = thrown;
    if (defect == null && task instanceof Future<?> future && future.isDone()) {
      try {
        future.get();
      } catch (CancellationException e) {
        return;
      } catch (ExecutionException e) {
        defect = e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (defect != null) {
      log.error("This is a defect of the N-Hub SDK: please report it", defect);
    }
  }
}
