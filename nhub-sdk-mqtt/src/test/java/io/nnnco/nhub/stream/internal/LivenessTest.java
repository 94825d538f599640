package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whether a full window is a reason for a restart. */
class LivenessTest {
  private static final int WINDOW = 4;

  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme").window(WINDOW);

  private RealSubscription full(AsyncMessageHandler handler) {
    RealSubscription subscription = bridge.open(options.build(), handler);
    time.runDue();
    bridge.accept();
    for (int id = 1; id <= WINDOW; id++) {
      bridge.uplink(id, "device" + id, id);
    }
    time.runDue();
    return subscription;
  }

  @Test
  void databaseIsDown_forAnHour_theSubscriptionIsLiveAndNotReady() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1_000)
            .withBackoff(Duration.ofSeconds(10), Duration.ofMinutes(1)));
    RealSubscription subscription =
        full((message, delivery) -> CompletableFuture.failedFuture(new Exception("no database")));
    time.advance(Duration.ofMinutes(1));
    for (int minute = 1; minute <= 60; minute++) {
      SubscriptionHealth health = subscription.health();
      assertTrue(health.live(), health::toString);
      assertFalse(health.ready(), health::toString);
      assertEquals(Reason.RETRYING, health.reason());
      time.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void handlerThatDoesNotComeBack_isStalledAfterAMinute() {
    RealSubscription subscription = full((message, delivery) -> new CompletableFuture<>());
    time.advance(Duration.ofSeconds(59));
    assertTrue(subscription.health().live());
    time.advance(Duration.ofSeconds(1));
    assertEquals(Reason.STALLED, subscription.health().reason());
  }

  @Test
  void oneHandlerThatDoesNotComeBack_amongOthersThatRetry_isStalled() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1_000)
            .withBackoff(Duration.ofSeconds(10), Duration.ofMinutes(1)));
    RealSubscription subscription =
        full(
            (message, delivery) ->
                message.deviceId().equals("device1")
                    ? new CompletableFuture<>()
                    : CompletableFuture.failedFuture(new Exception("no database")));
    time.advance(Duration.ofMinutes(1));
    assertEquals(Reason.STALLED, subscription.health().reason());
  }
}
