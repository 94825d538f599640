package io.nnnco.nhub.management.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time that only goes forward, and waiting in it. Tests put virtual time here. */
public interface MonotonicTime {

  /** Nanoseconds since some fixed moment. */
  long nanos();

  /** Waits. */
  void pause(Duration length) throws InterruptedException;

  /** The time of this machine. */
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
