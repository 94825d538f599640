package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.internal.ExponentialBackoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Exponential back-off with full jitter. Not thread-safe. */
final class Backoff {
  private final ReconnectPolicy policy;
  private final DoubleSupplier random;
  private int failures;

  /**
   * A back-off without failures.
   *
   * @param random even between 0 and 1
   */
  Backoff(ReconnectPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /** The wait after one more failure. */
  Duration next() {
    failures++;
    Duration bound = new ExponentialBackoff(policy.initial(), policy.max()).after(failures);
    return ExponentialBackoff.part(bound, random.getAsDouble());
  }

  /** A wait near the limit, for what is unlikely to recover soon. */
  Duration slowest() {
    return ExponentialBackoff.part(policy.max(), (1 + random.getAsDouble()) / 2);
  }

  void reset() {
    failures = 0;
  }
}
