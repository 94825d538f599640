package io.nnnco.nhub.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time that a display goes by; tests provide their own. */
interface Ticker {
  /** For what is not displayed. */
  Ticker NEVER =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public Ticking everySecond(Runnable task) {
          return () -> {};
        }
      };

  /** The system's, with a thread for each task. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Ticking everySecond(Runnable task) {
          ScheduledExecutorService timer =
              Executors.newSingleThreadScheduledExecutor(
                  run -> {
                    Thread thread = new Thread(run, "nhub-ticker");
                    thread.setDaemon(true);
                    return thread;
                  });
          var unused = timer.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
          return timer::shutdown;
        }
      };

  /** A monotonic clock. */
  long nanos();

  /** Runs the task once a second, for the first time in a second. */
  Ticking everySecond(Runnable task);

  /** Ends it: a call that has begun is not waited for. */
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }
}
