package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.Set;

/** Meters that were registered, to be removed together. Thread-safe. */
final class OwnMeters {
  private final MeterRegistry registry;
  private final Set<Meter> meters = new LinkedHashSet<>();
  private boolean closed;

  OwnMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Takes a meter that was just registered; returns it. After {@link #close()} it is removed. */
  synchronized <M extends Meter> M add(M meter) {
    if (closed) {
      registry.remove(meter);
    } else {
      meters.add(meter);
    }
    return meter;
  }

  /** Removes all, also those that are added after it. */
  synchronized void close() {
    closed = true;
    removeAll();
  }

  /** Removes all; others may follow. */
  synchronized void removeAll() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}
