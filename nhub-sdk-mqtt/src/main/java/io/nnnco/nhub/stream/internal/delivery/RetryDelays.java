package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.ExponentialBackoff;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The delays of a failure policy, each drawn at random from the upper half of its range, so that
 * what failed together does not meet again.
 */
final class RetryDelays {
  private final ExponentialBackoff backoff;
  private final ScheduledExecutorService timer;
  private final DoubleSupplier random;

  /**
   * The delays of a policy.
   *
   * @param random even between 0 and 1
   */
  RetryDelays(FailurePolicy policy, ScheduledExecutorService timer, DoubleSupplier random) {
    this.backoff = new ExponentialBackoff(policy.firstDelay(), policy.maxDelay());
    this.timer = timer;
    this.random = random;
  }

  /** A delay after so many failures, 1 or more. */
  Duration after(int failures) {
    return ExponentialBackoff.part(backoff.after(failures), (1 + random.getAsDouble()) / 2);
  }

  /** Runs something on the timer's thread after a delay, however long. */
  void run(Runnable task, Duration delay) {
    timer.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
  }
}
