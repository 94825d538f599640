package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.management.ApiAttempt;
import io.nnnco.nhub.management.ApiMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics that are bound to a management client. Thread-safe. */
final class BoundApiMetrics {
  private static final Logger log = LoggerFactory.getLogger(ApiMetrics.class);

  private final List<Binding> bindings = new CopyOnWriteArrayList<>();
  private final AtomicBoolean hasFailed = new AtomicBoolean();

  MetricsBinding bind(ApiMetrics metrics) {
    Binding binding = new Binding(metrics);
    bindings.add(binding);
    return binding;
  }

  void attempted(ApiAttempt attempt) {
    for (Binding each : bindings) {
      try {
        each.metrics.attempted(attempt);
      } catch (Throwable t) { // It must not harm what it measures.
        if (!hasFailed.getAndSet(true)) {
          log.error("Metrics of the management API failed; further failures are not logged", t);
        }
      }
    }
  }

  private final class Binding implements MetricsBinding {
    private final ApiMetrics metrics;

    Binding(ApiMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public void close() {
      bindings.remove(this);
    }
  }
}
