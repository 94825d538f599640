package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client of a fake, and a registry whose wall clock can be ahead. */
@Timeout(120)
abstract class MetricsFixture {
  static final Duration SOON = Duration.ofSeconds(60);

  final FakeNHub fake = FakeNHub.start();
  final NHubClient nhub = client(fake.identity());
  private final AtomicLong aheadMillis = new AtomicLong();

  final MeterRegistry registry =
      new SimpleMeterRegistry(
          SimpleConfig.DEFAULT,
          new Clock() {
            @Override
            public long wallTime() {
              return System.currentTimeMillis() + aheadMillis.get();
            }

            @Override
            public long monotonicTime() {
              return System.nanoTime();
            }
          });

  @AfterEach
  void stop() {
    nhub.close();
    fake.close();
  }

  final NHubClient client(Credentials credentials) {
    return NHubClient.builder(fake.environment())
        .credentials(credentials)
        .managementToken(fake.adminToken())
        .build();
  }

  final void advance(Duration time) {
    aheadMillis.addAndGet(time.toMillis());
  }

  static SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(200)));
  }

  final Subscription subscribe(SubscribeOptions options) throws InterruptedException {
    Subscription subscription = nhub.subscribe(options, (message, delivery) -> {});
    subscription.awaitConnected(SOON);
    return subscription;
  }

  /** Waits until a meter has a value. */
  static void becomes(double value, DoubleSupplier meter) {
    long end = System.nanoTime() + SOON.toNanos();
    while (Double.compare(meter.getAsDouble(), value) != 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Is not " + value + " but " + meter.getAsDouble());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The value of a counter with at least these tags; NaN if there is none. */
  final double counter(String name, String... tags) {
    FunctionCounter function = registry.find(name).tags(tags).functionCounter();
    Counter counter = registry.find(name).tags(tags).counter();
    return function != null ? function.count() : counter != null ? counter.count() : Double.NaN;
  }

  /** The value of a gauge with at least these tags; NaN if there is none. */
  final double gauge(String name, String... tags) {
    Gauge gauge = registry.find(name).tags(tags).gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  /** How often a timer with at least these tags has timed; NaN if there is none. */
  final double timed(String name, String... tags) {
    Timer timer = registry.find(name).tags(tags).timer();
    return timer == null ? Double.NaN : timer.count();
  }
}
