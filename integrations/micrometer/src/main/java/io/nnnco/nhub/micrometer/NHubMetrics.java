package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.MetricsBinding;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Meters of a client, in any number of registries: what its subscriptions receive, how fast your
 * handlers are, whether the connections stand, and the requests to the management API. {@code
 * docs/metrics.md} lists them.
 *
 * <pre>{@code
 * new NHubMetrics(nhub).bindTo(registry);
 * }</pre>
 *
 * <p>Bind before or after subscribing: counters begin with what the subscription has counted,
 * timers when it is bound. Meters have the tags {@code enterprise} and {@code subscription}, never
 * a device or a client id; subscriptions with the same tags add up. Counters and timers stay when
 * the client is closed. So close this, too, if the registry lives on, and another client is to take
 * the place of this one; else it need not be kept.
 *
 * <p>Thread-safe.
 */
public final class NHubMetrics implements MeterBinder, AutoCloseable {
  private final NHubClient nhub;
  private final Tags tags;
  private final Map<MeterRegistry, Runnable> bound = new HashMap<>();

  /**
   * Meters of a client, with no further tags.
   *
   * @param nhub the client
   */
  public NHubMetrics(NHubClient nhub) {
    this(nhub, Tags.empty());
  }

  /**
   * Meters of a client, with further tags: needed if a registry has meters of several clients,
   * which must then have the same tag names, and different values.
   *
   * @param nhub the client
   * @param tags for all meters
   */
  public NHubMetrics(NHubClient nhub, Iterable<Tag> tags) {
    this.nhub = Objects.requireNonNull(nhub, "nhub");
    this.tags = Tags.of(tags);
  }

  /**
   * Registers the meters: those of each subscription when it begins.
   *
   * @param registry where
   * @throws IllegalStateException if they are bound to it already, or if it has meters with the
   *     same tags of another client. If that client's subscription begins only later, the SDK logs
   *     the error instead, and does not measure that subscription
   */
  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    if (bound.containsKey(registry)) {
      throw new IllegalStateException("These meters are bound to the registry already");
    }
    bound.put(registry, bind(registry));
  }

  /** Returns what ends it. */
  private Runnable bind(MeterRegistry registry) {
    Runnable end = bindSubscriptions(registry);
    if (!nhub.hasManagement()) {
      return end;
    }
    ManagementMeters meters = new ManagementMeters(registry, tags);
    MetricsBinding binding = nhub.management().measure(meters);
    return () -> {
      end.run();
      binding.close();
      meters.close();
    };
  }

  private Runnable bindSubscriptions(MeterRegistry registry) {
    RegistryMeters meters = new RegistryMeters(registry, tags);
    try {
      MetricsBinding binding = nhub.measure(meters);
      return () -> {
        binding.close();
        meters.close();
      };
    } catch (RuntimeException e) {
      meters.close();
      throw e;
    }
  }

  /** Removes the meters from all registries, and ends the measuring. Idempotent. */
  @Override
  public synchronized void close() {
    bound.values().forEach(Runnable::run);
    bound.clear();
  }
}
