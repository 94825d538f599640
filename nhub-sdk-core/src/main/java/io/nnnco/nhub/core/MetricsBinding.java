package io.nnnco.nhub.core;

/** Metrics that were attached to a client, and are told until this is closed. Thread-safe. */
public interface MetricsBinding extends AutoCloseable {
  /** Ends it: calls that have begun may still end. Idempotent. */
  @Override
  void close();
}
