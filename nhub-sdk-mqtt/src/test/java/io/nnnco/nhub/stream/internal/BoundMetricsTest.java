package io.nnnco.nhub.stream.internal;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.internal.delivery.RecordingMetrics;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which subscriptions of a client are measured, and how long. */
class BoundMetricsTest {
  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);
  private final Subscriptions subscriptions =
      new Subscriptions(bridge.resources(), VirtualBridge.CREDENTIALS);
  private final List<Subscription> measured = new ArrayList<>();
  private final RecordingMetrics metrics = new RecordingMetrics();

  private RealSubscription subscribe(String enterprise) {
    return subscriptions.begin(
        SubscribeOptions.builder(enterprise).build(),
        (message, delivery) -> CompletableFuture.completedFuture(null));
  }

  private MetricsBinding measure() {
    return subscriptions.measure(
        subscription -> {
          measured.add(subscription);
          return metrics;
        });
  }

  private void uplink() {
    time.runDue();
    bridge.accept();
    bridge.uplink(1, "a", 1);
    time.runDue();
  }

  @Test
  void boundBefore_areToldFromTheBeginning() {
    measure();
    RealSubscription subscription = subscribe("nnn.acme");
    uplink();
    assertEquals(List.of(subscription), measured);
    assertEquals("event Connecting", metrics.told().get(0));
    assertEquals(1, metrics.told("received").size());
    assertEquals(1, metrics.told("acknowledged").size());
  }

  @Test
  void boundLater_areToldFromThen() {
    RealSubscription subscription = subscribe("nnn.acme");
    uplink();
    measure();
    bridge.uplink(2, "b", 2);
    time.runDue();
    assertEquals(List.of(subscription), measured);
    assertEquals(List.of("received b 34 bytes"), metrics.told("received"));
    assertEquals(List.of(), metrics.told("event"));
  }

  @Test
  void binding_closed_endsIt_forTheseAndLaterSubscriptions() {
    MetricsBinding binding = measure();
    subscribe("nnn.acme");
    binding.close();
    binding.close();
    uplink();
    subscribe("nnn.other");
    assertEquals(List.of(), metrics.told());
    assertEquals(1, measured.size());
  }

  @Test
  void binding_closed_leavesTheOthers() {
    RecordingMetrics others = new RecordingMetrics();
    subscriptions.measure(subscription -> others);
    measure().close();
    subscribe("nnn.acme");
    uplink();
    assertEquals(List.of(), metrics.told());
    assertEquals(1, others.told("acknowledged").size());
  }

  /** Two libraries may share one object, or one be bound twice. */
  @Test
  void binding_closed_leavesAnotherOneWithTheSameMetrics() {
    measure();
    MetricsBinding second = measure();
    subscribe("nnn.acme");
    second.close();
    uplink();
    assertEquals(1, metrics.told("acknowledged").size());
  }

  @Test
  void event_isToldBeforeTheListener() {
    measure();
    CompletableFuture<Integer> toldBefore = new CompletableFuture<>();
    subscriptions.begin(
        SubscribeOptions.builder("nnn.acme")
            .listener(event -> toldBefore.complete(metrics.told("event").size()))
            .build(),
        (message, delivery) -> CompletableFuture.completedFuture(null));
    time.runDue();
    assertEquals(1, toldBefore.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join());
  }

  /** A program may begin and end subscriptions for years. */
  @Test
  void subscriptionThatEnded_isNotMeasuredAnyMore() {
    RealSubscription first = subscribe("nnn.acme");
    uplink();
    first.beginClose(Duration.ofSeconds(1), true);
    time.advance(Duration.ofSeconds(2));
    measure();
    assertEquals(List.of(), measured);
  }

  @Test
  void factoryThatFails_doesNotKeepASubscriptionFromBeginning() {
    subscriptions.measure(
        subscription -> {
          throw new IllegalStateException("on purpose");
        });
    measure();
    subscribe("nnn.acme");
    uplink();
    assertEquals(1, metrics.told("acknowledged").size());
  }

  @Test
  void factoryThatFails_forOneThatRuns_isToldTheCaller_andMeasuresNone() {
    subscribe("nnn.acme");
    subscribe("nnn.other");
    time.runDue();
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                subscriptions.measure(
                    subscription -> {
                      measured.add(subscription);
                      if (measured.size() == 2) {
                        throw failure;
                      }
                      return metrics;
                    })));
    uplink();
    subscribe("nnn.third");
    assertEquals(2, measured.size());
    assertEquals(List.of(), metrics.told());
  }

  @Test
  void factoryWithoutMetrics_isRefused() {
    subscribe("nnn.acme");
    assertThrows(
        NullPointerException.class, () -> subscriptions.measure(BoundMetricsTest::nothing));
  }

  @SuppressWarnings("NullAway")
  private static SubscriptionMetrics nothing(Subscription subscription) {
    return null;
  }
}
