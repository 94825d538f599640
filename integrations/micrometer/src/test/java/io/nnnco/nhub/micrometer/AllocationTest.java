package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import io.nnnco.nhub.testkit.FakeMessage;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** To measure a message allocates nothing. */
class AllocationTest extends MetricsFixture {
  private static final int CALLS = 200_000;

  private static void measure(
      SubscriptionMetrics metrics, DeviceMessage message, Delivery delivery) {
    for (int i = 0; i < CALLS; i++) {
      metrics.received(delivery, 100);
      metrics.decoded(message, i);
      metrics.called(delivery, i);
      metrics.completed(HandlerOutcome.SUCCESS, 1, i);
      metrics.completed(HandlerOutcome.FAILURE, 1, i);
      metrics.acknowledged(i);
    }
  }

  @Test
  void calls_perMessage_allocateNothing() {
    CompletableFuture<DeviceMessage> message = new CompletableFuture<>();
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    Subscription subscription =
        nhub.subscribe(
            options().build(),
            (received, how) -> {
              message.complete(received);
              delivery.complete(how);
            });
    fake.subscriptions().take(SOON);
    fake.publish(FakeMessage.uplink("METER-1"));
    SubscriptionMetrics metrics =
        new RegistryMeters(new SimpleMeterRegistry(), Tags.empty()).metricsOf(subscription);
    measure(metrics, message.join(), delivery.join());

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    measure(metrics, message.join(), delivery.join());
    double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    assertTrue(bytes < 1, () -> bytes + " bytes a message");
  }
}
