package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The timers of one subscription, one of each kind at a time. For the control thread. */
final class ControlTimers {
  private final ScheduledExecutorService control;
  private final Map<Timer, ScheduledFuture<?>> running = new EnumMap<>(Timer.class);

  ControlTimers(ScheduledExecutorService control) {
    this.control = control;
  }

  /** Takes the place of one of this kind. */
  void set(Timer timer, Duration after, Runnable fired) {
    cancel(timer);
    running.put(timer, control.schedule(fired, after.toNanos(), TimeUnit.NANOSECONDS));
  }

  void cancel(Timer timer) {
    ScheduledFuture<?> set = running.remove(timer);
    if (set != null) {
      set.cancel(false);
    }
  }
}
