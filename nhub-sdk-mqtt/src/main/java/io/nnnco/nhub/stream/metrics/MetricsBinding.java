package io.nnnco.nhub.stream.metrics;

/** What was bound to a client with {@link io.nnnco.nhub.NHubClient#measure}. Thread-safe. */
public interface MetricsBinding extends AutoCloseable {
  /** Ends it: calls that have begun may still end. Idempotent. */
  @Override
  void close();
}
