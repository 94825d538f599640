package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nnnco.nhub.NHubClient;
import java.util.Objects;

/** Meters of an N-Hub client. */
public final class NHubMetrics implements MeterBinder, AutoCloseable {
  private final NHubClient nhub;

  /**
   * Measures a client.
   *
   * @param nhub the client
   */
  public NHubMetrics(NHubClient nhub) {
    this.nhub = Objects.requireNonNull(nhub, "nhub");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(nhub.stats(), "stats");
  }

  @Override
  public void close() {}
}
