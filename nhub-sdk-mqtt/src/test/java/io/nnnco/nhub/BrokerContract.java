package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole SDK, by each engine and version, against a broker that is started once. */
abstract class BrokerContract<B extends ScopedBroker> extends BrokerFixture<B> {
  @ParameterizedTest
  @EnumSource
  void byCertificate_uplinksComeInOrder_andAreAcknowledged(Speaker who) throws Exception {
    try (NHubClient nhub = client(who)) {
      Subscription subscription = nhub.subscribe(options(who).window(10).build(), inbox);
      subscription.awaitConnected(SOON);
      publish(1, 300);
      takeInOrder(1, 300);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 300);
    }
  }

  @ParameterizedTest
  @EnumSource
  void byPassword_uplinksCome(Speaker who) throws Exception {
    try (NHubClient nhub = client(who, broker.passwordPort(), broker.password(true))) {
      nhub.subscribe(options(who).build(), inbox).awaitConnected(SOON);
      publish(1, 1);
      takeInOrder(1, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongPassword_isTheEnd(Speaker who) {
    try (NHubClient nhub = client(who, broker.passwordPort(), broker.password(false))) {
      Subscription subscription = nhub.subscribe(options(who).build(), inbox);
      var error = assertThrows(NHubException.class, subscription::awaitClosed);
      assertTrue(
          Set.of(StreamErrorCode.BAD_CREDENTIALS, StreamErrorCode.NOT_AUTHORIZED)
              .contains(error.code()),
          error::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filterOutsideTheScope_isRefused_andNamed(Speaker who) {
    try (NHubClient nhub = client(who)) {
      Subscription subscription =
          nhub.subscribe(
              SubscribeOptions.builder("nnn.other").protocol(who.version).listener(inbox).build(),
              inbox);
      var refused = assertThrows(SubscriptionRefusedException.class, subscription::awaitClosed);
      assertEquals("v4/groups/nnn.other.master/+/uplinks", refused.topicFilter());
      assertEquals(who.version == MqttVersion.MQTT_5 ? 0x87 : 0x80, refused.reasonCode());
    }
  }

  /**
   * In MQTT 5 the window holds from the first message on. In 3.1.1 it is kept by not reading, which
   * begins with the SUBACK, so there nothing is to wait in the session before.
   */
  @ParameterizedTest
  @EnumSource
  void stuckHandler_holdsBackWhatIsBeyondTheWindow(Speaker who) throws Exception {
    boolean waiting = who.version == MqttVersion.MQTT_5;
    SubscribeOptions options = durable(who).window(10).build();
    CountDownLatch mayReturn = new CountDownLatch(1);
    try (NHubClient nhub = client(who)) {
      if (waiting) {
        Subscription before = nhub.subscribe(options, inbox);
        before.awaitConnected(SOON);
        before.close();
        relay.awaitConnections(0); // What a broker sends to nobody it sends again, and that first.
        publish(1, 100);
      }
      Subscription subscription =
          nhub.subscribe(
              options,
              (message, delivery) -> {
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      subscription.awaitConnected(SOON);
      if (waiting) {
        Eventually.isTrue("the window is full", () -> subscription.stats().inFlight() == 10);
      } else {
        publish(1, 100);
      }
      publish(101, 150); // Each is acknowledged to its publisher, so time passes.
      assertTrue(subscription.stats().inFlight() <= 10, () -> subscription.stats().toString());
      mayReturn.countDown();
      takeInOrder(1, 150);
      subscription.forget(Duration.ofSeconds(5));
    }
  }

  /**
   * In 3.1.1 the broker decides how many are in flight. After a reset it sends them again before
   * its SUBACK; those beyond the window would wait for handlers, and the SUBACK behind them.
   */
  static int windowFor(Speaker who, int inFlight) {
    return who.version == MqttVersion.MQTT_5 ? 10 : inFlight;
  }

  @ParameterizedTest
  @EnumSource
  void connectionBreaks_theSessionGoesOn_andNothingIsLost(Speaker who) throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (NHubClient nhub = client(who)) {
      Subscription subscription =
          nhub.subscribe(
              durable(who).window(windowFor(who, 50)).build(),
              (message, delivery) -> {
                calls.incrementAndGet();
                entered.countDown();
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      publish(1, 50);
      assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
      relay.cut();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertTrue(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
      publish(51, 60);
      Eventually.isTrue("sent again", () -> subscription.stats().redelivered() >= 1);

      mayReturn.countDown();
      takeInOrder(1, 60);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 60);
      assertEquals(60, calls.get(), "what came again was recognised");
      subscription.forget(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void unfinished_comesAgainAsDuplicate_withWhatCameMeanwhile(Speaker who) throws Exception {
    SubscribeOptions options = durable(who).build();
    CountDownLatch mayReturn = new CountDownLatch(1);
    try (NHubClient nhub = client(who)) {
      CountDownLatch entered = new CountDownLatch(1);
      Subscription first =
          nhub.subscribe(
              options,
              (message, delivery) -> {
                entered.countDown();
                mayReturn.await();
              });
      first.awaitConnected(SOON);
      publish(1, 1);
      assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
      assertEquals(1, first.close(Duration.ZERO).abandoned());
    }
    publish(2, 2);
    Set<Integer> duplicates = ConcurrentHashMap.newKeySet();
    try (NHubClient nhub = client(who)) {
      Subscription second =
          nhub.subscribe(
              options,
              (message, delivery) -> {
                if (delivery.redelivered()) {
                  duplicates.add(number(message));
                }
                inbox.handle(message, delivery);
              });
      takeInOrder(1, 2);
      assertEquals(Set.of(1), duplicates);
      second.forget(Duration.ofSeconds(5));
    } finally {
      mayReturn.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void forget_leavesNothingAtTheBroker(Speaker who) throws Exception {
    SubscribeOptions options = durable(who).build();
    try (NHubClient nhub = client(who)) {
      Subscription first = nhub.subscribe(options, inbox);
      first.awaitConnected(SOON);
      first.forget(Duration.ZERO);
      relay.awaitConnections(0);
      publish(1, 1);
      inbox = new Inbox();
      Subscription second = nhub.subscribe(durableAgain(who, options), inbox);
      assertFalse(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
      publish(2, 2);
      takeInOrder(2, 2);
      second.forget(Duration.ofSeconds(5));
    }
  }

  private SubscribeOptions durableAgain(Speaker who, SubscribeOptions earlier) {
    return options(who)
        .durable(String.valueOf(earlier.durableName()), earlier.sessionExpiry())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void durableName_thatAsksForLess_getsWhatWasQueued_andThenNoMoreOfIt(Speaker who)
      throws Exception {
    SubscribeOptions everything = durable(who).allKinds().build();
    String join = "v4/groups/nnn.acme.master/ABC123/joins";
    try (NHubClient nhub = client(who)) {
      Subscription before = nhub.subscribe(everything, inbox);
      before.awaitConnected(SOON);
      before.close();
      relay.awaitConnections(0);
      broker.publish(join, "{\"device_id\":\"ABC123\",\"timestamp_ms\":1}");

      inbox = new Inbox();
      Subscription uplinks = nhub.subscribe(durableAgain(who, everything), inbox);
      takeInOrder(1, 1);
      var dropped = inbox.takeEvent(SubscriptionEvent.FormerFiltersDropped.class);
      assertTrue(dropped.topicFilters().contains("v4/groups/nnn.acme.master/#"), dropped::toString);
      broker.publish(join, "{\"device_id\":\"ABC123\",\"timestamp_ms\":2}");
      publish(3, 3);
      takeInOrder(3, 3);
      uplinks.forget(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void secondClientOfTheName_takesTheSession_andTheFirstHearsOfIt(Speaker who) throws Exception {
    SubscribeOptions options = durable(who).build();
    boolean told = broker.tellsOfTakeOver() && who.version == MqttVersion.MQTT_5;
    try (NHubClient one = client(who);
        NHubClient two = client(who)) {
      Subscription first = one.subscribe(options, inbox);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      Subscription second = two.subscribe(options, inbox);
      if (told) {
        assertThrows(SessionTakenOverException.class, first::awaitClosed);
      } else {
        inbox.takeEvent(SubscriptionEvent.Disconnected.class);
        first.close();
      }
      Eventually.isTrue("it stands", () -> second.state() == SubscriptionState.SUBSCRIBED);
      publish(1, 3);
      takeInOrder(1, 3);
      second.forget(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharedGroup_bringsEachMessageToOneMember_andToTheOtherWhenThatLeaves(Speaker who)
      throws Exception {
    SubscribeOptions options = options(who).sharedGroup("group" + NUMBER.incrementAndGet()).build();
    List<Integer> toFirst = new CopyOnWriteArrayList<>();
    List<Integer> toSecond = new CopyOnWriteArrayList<>();
    try (NHubClient one = client(who);
        NHubClient two = client(who)) {
      Subscription first = member(one, options, toFirst);
      Subscription second = member(two, options, toSecond);
      publish(1, 100);
      Eventually.isTrue("all came", () -> toFirst.size() + toSecond.size() >= 100);
      if (broker.sharesInTurn()) {
        assertTrue(toFirst.size() > 0 && toSecond.size() > 0, () -> toFirst + " and " + toSecond);
      }

      boolean firstLeaves = toFirst.size() > toSecond.size();
      (firstLeaves ? first : second).close();
      relay.awaitConnections(1);
      publish(101, 110);
      List<Integer> rest = firstLeaves ? toSecond : toFirst;
      Eventually.isTrue("the rest came", () -> rest.contains(110));
      assertEquals(
          IntStream.rangeClosed(1, 110).boxed().toList(),
          Stream.of(toFirst, toSecond).flatMap(List::stream).sorted().toList(),
          "each came, to one of them");
    }
  }

  private static Subscription member(NHubClient nhub, SubscribeOptions options, List<Integer> taken)
      throws InterruptedException {
    Subscription member =
        nhub.subscribe(options, (message, delivery) -> taken.add(number(message)));
    member.awaitConnected(SOON);
    return member;
  }

  /** All at once, since it takes more than one and a half times the keep-alive. */
  @Test
  void pings_keepQuietConnections() throws Exception {
    List<NHubClient> clients = new ArrayList<>();
    try {
      List<Subscription> subscriptions = new ArrayList<>();
      for (Speaker who : Speaker.values()) {
        NHubClient nhub = client(who);
        clients.add(nhub);
        SubscribeOptions options = options(who).keepAlive(Duration.ofSeconds(4)).build();
        subscriptions.add(nhub.subscribe(options, inbox));
        inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      }
      long end = System.nanoTime() + Duration.ofSeconds(7).toNanos();
      Eventually.isTrue("time passes", () -> System.nanoTime() > end);
      publish(1, 1);
      for (Subscription subscription : subscriptions) {
        assertEquals(1, number(inbox.takeMessage()));
        assertEquals(0, subscription.stats().reconnects());
        assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
      }
    } finally {
      clients.forEach(NHubClient::close);
    }
  }

  /** It takes the session over like another client's, and is gone at once. */
  @ParameterizedTest
  @EnumSource
  void connectThatWasGivenUp_andArrivesLate_isNoOtherClient(Speaker who) throws Exception {
    relay.holdNext();
    try (NHubClient nhub = client(who)) {
      Subscription subscription =
          nhub.subscribe(durable(who).connectTimeout(Duration.ofSeconds(3)).build(), inbox);
      inbox.takeTimeoutIn(ConnectionPhase.CONNECT);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      relay.release();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);

      publish(1, 2);
      takeInOrder(1, 2);
      subscription.forget(Duration.ZERO);
    }
  }
}
