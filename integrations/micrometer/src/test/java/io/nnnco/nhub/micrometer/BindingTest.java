package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Several subscriptions, registries and clients, and what is left of them. */
class BindingTest extends MetricsFixture {
  private final NHubMetrics metrics = new NHubMetrics(nhub);

  private void uplink() {
    fake.publish(FakeMessage.uplink("METER-1"));
  }

  @Test
  void subscriptions_withTheSameTags_addUp() throws InterruptedException {
    metrics.bindTo(registry);
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      nhub.subscribe(options().window(2 + i).build(), (message, delivery) -> release.await())
          .awaitConnected(SOON);
    }
    uplink();

    becomes(3, () -> counter("nhub.messages.received"));
    becomes(3, () -> gauge("nhub.messages.in.flight"));
    becomes(0.5, () -> gauge("nhub.window.used"));
    assertEquals(3, gauge("nhub.subscription.state", "state", "subscribed"));
    release.countDown();
    becomes(3, () -> timed("nhub.handler", "outcome", "success"));
  }

  @Test
  void readiness_ofSubscriptionsWithTheSameTags_isThatOfTheWorst() throws InterruptedException {
    metrics.bindTo(registry);
    subscribe(options().build());
    Subscription other = subscribe(options().build());
    assertEquals(1, gauge("nhub.subscription.ready"));
    other.pause();
    assertEquals(0, gauge("nhub.subscription.ready"));
  }

  @Test
  void counters_whenSubscriptionsEndAndBegin_neverGoDown() throws InterruptedException {
    metrics.bindTo(registry);
    for (int round = 1; round <= 3; round++) {
      Subscription subscription = subscribe(options().build());
      double sum = round;
      uplink();
      becomes(sum, () -> counter("nhub.messages.acknowledged"));
      subscription.close();
      becomes(Double.NaN, () -> gauge("nhub.messages.in.flight"));
      assertEquals(sum, counter("nhub.messages.received"));
      assertEquals(sum, counter("nhub.messages.acknowledged"));
      assertEquals(sum, timed("nhub.messages.queue"));
    }
  }

  @Test
  void gauges_afterTheLastSubscriptionClosed_areGone() throws InterruptedException {
    metrics.bindTo(registry);
    Subscription first = subscribe(options().build());
    Subscription second = subscribe(options().build());
    first.close();
    becomes(1, () -> gauge("nhub.subscription.state", "state", "subscribed"));
    second.close();

    becomes(Double.NaN, () -> gauge("nhub.subscription.state", "state", "subscribed"));
    List<String> gauges =
        List.of(
            "nhub.messages.in.flight",
            "nhub.window.used",
            "nhub.subscription.ready",
            "nhub.subscription.live",
            "nhub.messages.last.age",
            "nhub.certificate.remaining");
    for (String name : gauges) { // One after another.
      becomes(Double.NaN, () -> gauge(name));
    }
  }

  @Test
  void bindTo_afterSubscribing_countsWhatWasBefore() throws InterruptedException {
    Subscription subscription = subscribe(options().build());
    uplink();
    becomes(1, () -> subscription.stats().acknowledged());
    metrics.bindTo(registry);
    assertEquals(1, counter("nhub.messages.received"));

    uplink();
    becomes(2, () -> counter("nhub.messages.received"));
    becomes(1, () -> timed("nhub.handler", "outcome", "success"));
  }

  @Test
  void bindTo_twoRegistries_fillsBoth() throws InterruptedException {
    MeterRegistry other = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    metrics.bindTo(other);
    subscribe(options().build());
    uplink();

    becomes(1, () -> timed("nhub.messages.acknowledgement"));
    becomes(1, () -> other.get("nhub.messages.acknowledgement").timer().count());
    assertEquals(1, other.get("nhub.messages.received").functionCounter().count());
  }

  @Test
  void close_removesEverything_andNothingComesBack() throws InterruptedException {
    metrics.bindTo(registry);
    Subscription subscription = subscribe(options().build());
    uplink();
    nhub.management().apiKeys().create("svc-meters");
    becomes(1, () -> counter("nhub.messages.acknowledged"));
    becomes(1, () -> timed("nhub.management.requests"));

    metrics.close();
    metrics.close();
    assertEquals(List.of(), registry.getMeters());
    uplink();
    becomes(2, () -> subscription.stats().acknowledged());
    fake.dropConnections();
    becomes(1, () -> subscription.stats().reconnects());
    subscribe(options().build());
    nhub.management().apiKeys().create("svc-meters-2");
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void bindTo_afterClose_beginsAgain() throws InterruptedException {
    metrics.bindTo(registry);
    metrics.close();
    metrics.bindTo(registry);
    subscribe(options().build());
    assertEquals(0, counter("nhub.messages.received"));
  }

  @Test
  void bindTo_theSameRegistryAgain_isRefused() {
    metrics.bindTo(registry);
    assertThrows(IllegalStateException.class, () -> metrics.bindTo(registry));
  }

  @Test
  void bindTo_aRegistryWithAnotherClientsMeters_isRefusedUnlessTagsDiffer()
      throws InterruptedException {
    metrics.bindTo(registry);
    subscribe(options().build());
    try (NHubClient second = client(fake.identity())) {
      second.subscribe(options().build(), (message, delivery) -> {}).awaitConnected(SOON);

      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> new NHubMetrics(second).bindTo(registry));
      assertTrue(String.valueOf(error.getMessage()).contains("tags of its own"));
      MeterRegistry tagged = new SimpleMeterRegistry();
      new NHubMetrics(second, Tags.of("client", "a")).bindTo(tagged);
      metrics.close();
      new NHubMetrics(nhub, Tags.of("client", "b")).bindTo(tagged);
      uplink();
      for (String name : List.of("a", "b")) {
        becomes(
            1,
            () ->
                tagged.get("nhub.messages.received").tag("client", name).functionCounter().count());
      }
    }
  }

  @Test
  void client_thatIsClosed_leavesItsCountersOnly() throws InterruptedException {
    metrics.bindTo(registry);
    subscribe(options().build());
    uplink();
    becomes(1, () -> counter("nhub.messages.acknowledged"));
    nhub.close();

    becomes(Double.NaN, () -> gauge("nhub.subscription.ready"));
    assertEquals(1, counter("nhub.messages.acknowledged"));
  }
}
