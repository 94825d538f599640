package io.nnnco.nhub.management.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Monotonic time, and waiting in it. Tests use virtual time instead. */
public interface MonotonicTime {

  /** Nanoseconds since an arbitrary moment. */
  long nanos();

  /** Waits. */
  void pause(Duration length) throws InterruptedException;

  /** This machine's time. */
  static MonotonicTime system() {
    return new MonotonicTime() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
      }
    };
  }
}
