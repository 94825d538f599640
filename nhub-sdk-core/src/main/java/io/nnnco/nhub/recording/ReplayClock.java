package io.nnnco.nhub.recording;

import java.util.concurrent.TimeUnit;

/** The time that a replay goes by; tests provide their own. */
interface ReplayClock {
  /** The machine's. */
  ReplayClock SYSTEM =
      new ReplayClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** A monotonic clock. */
  long nanos();

  /** Waits; not at all if the time is not above 0. */
  void sleep(long nanos) throws InterruptedException;
}
