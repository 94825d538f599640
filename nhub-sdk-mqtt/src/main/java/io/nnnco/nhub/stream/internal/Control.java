package io.nnnco.nhub.stream.internal;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Makes the one thread of a client that runs timers and decisions; nothing on it may block. */
public final class Control {
  private Control() {}

  /** A daemon named {@code nhub-control}. */
  public static ScheduledExecutorService start() {
    ScheduledThreadPoolExecutor control =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "nhub-control");
              thread.setDaemon(true);
              return thread;
            });
    control.setRemoveOnCancelPolicy(true);
    control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return control;
  }
}
