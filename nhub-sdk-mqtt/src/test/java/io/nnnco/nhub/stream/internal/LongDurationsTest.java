package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** For ever is longer than a long has nanoseconds, and what people say for no limit at all. */
class LongDurationsTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);
  private final SubscribeOptionsBuilder options = SubscribeOptions.builder("nnn.acme");

  private RealSubscription open() {
    RealSubscription subscription =
        bridge.open(options.build(), (m, d) -> CompletableFuture.completedFuture(null));
    time.runDue();
    return subscription;
  }

  @Test
  void options_forEver_connectAndReceive() {
    options.connectTimeout(FOREVER).handlerDeadline(FOREVER).silentAfter(FOREVER);
    RealSubscription subscription = open();
    bridge.accept();
    bridge.uplink(1, "a", 1);
    time.advance(Duration.ofHours(1));

    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    assertEquals(1, subscription.stats().handled());
    assertTrue(subscription.health().ready());
  }

  @Test
  void close_forEver_waitsForHandlersAndEnds() throws InterruptedException {
    RealSubscription subscription = open();
    bridge.accept();
    subscription.beginClose(FOREVER, false);
    time.advance(Duration.ofSeconds(10));

    assertEquals(SubscriptionState.CLOSED, subscription.state());
    assertEquals(0, subscription.close(FOREVER).abandoned());
    assertThrows(IllegalStateException.class, () -> subscription.awaitConnected(FOREVER));
  }
}
