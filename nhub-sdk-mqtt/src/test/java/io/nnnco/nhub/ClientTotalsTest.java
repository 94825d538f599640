package io.nnnco.nhub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What a client says about all of its subscriptions together. */
class ClientTotalsTest extends ClientFixture {
  private static final SubscribeOptions OTHER = SubscribeOptions.builder("nnn.other").build();

  private Subscription subscribe(SubscribeOptions options) {
    return client.subscribe(options, (message, delivery) -> {});
  }

  /** Until the client has seen the end, which comes on the control thread. */
  private void ended(Subscription subscription) throws InterruptedException {
    subscription.closed().handle((end, error) -> true).join();
    settle();
  }

  @Test
  void health_withoutASubscription_isLiveAndNotReady() {
    assertEquals(SubscriptionHealth.of(Reason.CLOSED, "No subscription."), client.health());
  }

  @Test
  void health_oneIsConnecting_isThatOneAndNamesItsEnterprise() throws InterruptedException {
    subscribe(OPTIONS);
    accept(connection());
    subscribe(OTHER);
    assertEquals(
        SubscriptionHealth.of(Reason.CONNECTING, "nnn.other: Connecting."), client.health());
    accept(connection());
    assertEquals(Reason.RECEIVING, client.health().reason());
    assertTrue(client.health().ready());
  }

  @Test
  void health_severalAreNotReady_saysHowMany() throws InterruptedException {
    subscribe(OPTIONS);
    accept(connection());
    subscribe(OTHER).pause();
    accept(connection());
    subscribe(SubscribeOptions.builder("nnn.a").alsoEnterprise("nnn.b").build());
    assertEquals(
        SubscriptionHealth.of(
            Reason.CONNECTING, "nnn.a and 1 more: Connecting. Not ready: 2 of 3 subscriptions."),
        client.health());
  }

  @Test
  void health_oneEndedByAnError_isNotLiveUntilThatIsClosed() throws InterruptedException {
    subscribe(OPTIONS);
    accept(connection());
    Subscription failed = subscribe(OTHER);
    connection().listener().onClosed(refused());
    ended(failed);
    SubscriptionHealth health = client.health();
    assertEquals(Reason.FAILED, health.reason());
    assertTrue(health.detail().startsWith("nnn.other: Ended by an error: "), health::detail);
    assertTrue(client.subscriptions().contains(failed));

    failed.close();
    assertEquals(Reason.RECEIVING, client.health().reason());
    assertEquals(1, client.subscriptions().size());
  }

  @Test
  void health_oneEndedByAnError_isReplacedByTheNextWithTheSameFilters()
      throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      Subscription failed = subscribe(OTHER);
      connection().listener().onClosed(refused());
      ended(failed);
      assertEquals(List.of(failed), client.subscriptions());
    }
    subscribe(OPTIONS);
    accept(connection());
    assertEquals(Reason.FAILED, client.health().reason());
    subscribe(OTHER);
    accept(connection());
    assertEquals(Reason.RECEIVING, client.health().reason());
    assertEquals(2, client.subscriptions().size());
  }

  @Test
  void health_publisherEndedByAnError_isThatOfTheOthersAsItsSubscriberHasHeard()
      throws InterruptedException {
    subscribe(OPTIONS);
    accept(connection());
    CompletableFuture<Throwable> heard = new CompletableFuture<>();
    client.publisher(OTHER).subscribe(new FailureSubscriber(heard));
    connection().listener().onClosed(refused());
    heard.join();
    Eventually.isTrue(client.subscriptions()::toString, () -> client.subscriptions().size() == 1);
    assertEquals(Reason.RECEIVING, client.health().reason());
  }

  private record FailureSubscriber(CompletableFuture<Throwable> heard)
      implements Flow.Subscriber<DeliveredMessage> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(DeliveredMessage message) {}

    @Override
    public void onError(Throwable failure) {
      heard.complete(failure);
    }

    @Override
    public void onComplete() {}
  }

  @Test
  void health_oneIsBeingClosed_isThatOfTheOthers() throws InterruptedException {
    subscribe(OPTIONS);
    accept(connection());
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Subscription leaving =
        client.subscribe(
            OTHER,
            (message, delivery) -> {
              handling.countDown();
              release.await();
            });
    Connection made = connection();
    accept(made);
    uplink(made, 1);
    handling.await();
    Thread closing = new Thread(leaving::close);
    closing.start();
    Eventually.isTrue("it is closing", () -> leaving.health().reason() == Reason.CLOSING);
    assertEquals(Reason.RECEIVING, client.health().reason());
    assertTrue(client.health().ready());
    assertEquals(2, client.subscriptions().size());
    release.countDown();
    closing.join();
    ended(leaving);
    assertEquals(1, client.subscriptions().size());
  }

  @Test
  void stats_overAll_areSummedAndStayWhenOneHasEnded() throws InterruptedException {
    Subscription first = subscribe(OPTIONS);
    Connection one = connection();
    accept(one);
    assertNotNull(client.stats().subscribedSince());
    Subscription second = subscribe(OTHER);
    assertNull(client.stats().subscribedSince());
    Connection other = connection();
    accept(other);
    assertEquals(second.stats().subscribedSince(), client.stats().subscribedSince());
    uplink(one, 1);
    uplink(one, 2);
    uplink(other, 1);
    Eventually.isTrue(client.stats()::toString, () -> client.stats().acknowledged() == 3);
    assertEquals(second.stats().lastMessageAt(), client.stats().lastMessageAt());
    assertEquals(first.stats().reconnects(), client.stats().reconnects());

    second.close();
    ended(second);
    SubscriptionStats stats = client.stats();
    assertEquals(3, stats.received());
    assertEquals(3, stats.handled());
    assertEquals(second.stats().lastMessageAt(), stats.lastMessageAt());
    assertEquals(first.stats().lag(), stats.lag());
    assertEquals(first.stats().subscribedSince(), stats.subscribedSince());
    client.close();
    assertEquals(3, client.stats().received());
    assertEquals(List.of(), client.subscriptions());
  }

  private static void uplink(Connection on, int packetId) {
    on.listener()
        .onMessage(
            new InboundMessage(
                "v4/groups/nnn.acme.master/a/uplinks",
                ("{\"device_id\":\"a\",\"timestamp_ms\":" + packetId + "}").getBytes(UTF_8),
                false,
                packetId));
    on.listener().onReadComplete();
  }
}
