package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The connect deadline counts the bridge's time, and not what handlers or a pause take. */
class DelayedSubackTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);
  private final List<CompletableFuture<Void>> work = new ArrayList<>();

  private RealSubscription subscribe() {
    RealSubscription subscription =
        bridge.open(
            SubscribeOptions.builder("nnn.acme").window(2).connectTimeout(DEADLINE).build(),
            (message, delivery) -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              work.add(stage);
              return stage;
            });
    time.runDue();
    bridge.connack();
    return subscription;
  }

  private void uplinks(int count) {
    for (int i = 1; i <= count; i++) {
      bridge.uplink(i, "device" + i, i);
    }
    time.runDue();
  }

  private void finishAll() {
    for (int i = 0; i < work.size(); i++) {
      work.get(i).complete(null);
      time.runDue();
    }
  }

  private boolean isAborted() {
    return bridge.transport().calls().contains("abort");
  }

  @Test
  void deadline_whileHandlersAreAtWorkOnTheBacklog_doesNotEndTheAttempt() {
    RealSubscription subscription = subscribe();
    uplinks(3);
    time.advance(DEADLINE.multipliedBy(5));
    assertFalse(isAborted());
    assertEquals(SubscriptionState.CONNECTING, subscription.state());
    assertTrue(
        subscription.health().detail().startsWith("Connected; the bridge sends what waits"),
        () -> subscription.health().toString());

    finishAll();
    bridge.suback();
    time.runDue();
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    assertEquals(List.of(1, 2, 3), bridge.transport().acknowledged());
  }

  @Test
  void deadline_whilePaused_doesNotEndTheAttempt() {
    RealSubscription subscription = subscribe();
    subscription.pause();
    uplinks(1);
    time.advance(DEADLINE.multipliedBy(5));
    assertFalse(isAborted());
    assertTrue(
        subscription.health().detail().startsWith("Connected; paused"),
        () -> subscription.health().toString());
  }

  @Test
  void deadline_afterHandlersHaveFinished_givesTheBridgeItsWholeTime_andNoMore() {
    subscribe();
    time.advance(Duration.ofSeconds(10));
    uplinks(3);
    time.advance(Duration.ofSeconds(100));
    finishAll();
    time.advance(Duration.ofSeconds(19));
    assertFalse(isAborted(), "29 s of the bridge's");
    time.advance(Duration.ofSeconds(2));
    assertTrue(isAborted());
  }

  @Test
  void deadline_withMessagesThatAreHandled_endsTheAttempt() {
    subscribe();
    uplinks(2);
    finishAll();
    time.advance(DEADLINE);
    assertTrue(isAborted());
  }
}
