package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import io.nnnco.nhub.stream.metrics.SubscriptionMetricsFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics that are bound to a client: each binding has its own for each subscription. */
final class BoundMetrics {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionMetrics.class);

  private final List<Binding> bindings = new ArrayList<>();

  /** Binds metrics to these subscriptions, and to later ones; or to none, if the factory fails. */
  synchronized MetricsBinding bind(
      SubscriptionMetricsFactory factory, List<RealSubscription> running) {
    Binding binding = new Binding(factory);
    try {
      running.forEach(binding::begin);
    } catch (Throwable t) {
      binding.close();
      throw t;
    }
    bindings.add(binding);
    return binding;
  }

  /** A subscription is about to begin. A factory that fails does not keep it from that. */
  synchronized void begin(RealSubscription subscription) {
    for (Binding binding : bindings) {
      try {
        binding.begin(subscription);
      } catch (Throwable t) {
        log.error("A factory of metrics failed: the subscription is not measured", t);
      }
    }
  }

  /** A subscription is over, and needs no binding to end. */
  synchronized void forget(RealSubscription subscription) {
    bindings.forEach(binding -> binding.end(subscription));
  }

  private final class Binding implements MetricsBinding {
    private final SubscriptionMetricsFactory factory;
    private final Map<RealSubscription, SubscriptionMetrics> metrics = new HashMap<>();

    Binding(SubscriptionMetricsFactory factory) {
      this.factory = factory;
    }

    private void begin(RealSubscription subscription) {
      SubscriptionMetrics created =
          Objects.requireNonNull(factory.metricsOf(subscription), "The factory's metrics");
      subscription.observers().add(created);
      metrics.put(subscription, created);
    }

    private void end(RealSubscription subscription) {
      SubscriptionMetrics removed = metrics.remove(subscription);
      if (removed != null) {
        subscription.observers().end(removed);
      }
    }

    @Override
    public void close() {
      synchronized (BoundMetrics.this) {
        bindings.remove(this);
        metrics.forEach((subscription, each) -> subscription.observers().remove(each));
        metrics.clear();
      }
    }
  }
}
