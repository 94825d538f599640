package io.nnnco.nhub.stream.internal.transport.direct;

import io.nnnco.nhub.stream.internal.transport.KeepAlive;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs {@link KeepAlive} periodically, and does what it says. */
final class Heartbeat {
  private final ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> task;
  private boolean stopped;

  Heartbeat(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Starts.
   *
   * @param interval the keep-alive; zero for none
   * @param check asks and acts
   */
  synchronized void start(Duration interval, Consumer<KeepAlive> check) {
    if (stopped || interval.isZero()) {
      return;
    }
    KeepAlive keepAlive = new KeepAlive(interval);
    long period = keepAlive.period().toNanos();
    try {
      task =
          timer.scheduleAtFixedRate(
              () -> check.accept(keepAlive), period, period, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is closing, and this connection with it.
    }
  }

  synchronized void stop() {
    stopped = true;
    if (task != null) {
      task.cancel(false);
    }
  }
}
