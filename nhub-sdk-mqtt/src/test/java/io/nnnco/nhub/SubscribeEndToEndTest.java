package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream through the front door alone, against the whole fake. */
class SubscribeEndToEndTest {
  private final FakeNHub fake = FakeNHub.start();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment())
          .credentials(fake.identity(DEFAULT_ENTERPRISE))
          .managementToken(fake.adminToken())
          .build();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    nhub.close();
    fake.close();
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
        .listener(inbox);
  }

  private Subscription subscribe(SubscribeOptionsBuilder options) throws InterruptedException {
    Subscription subscription = nhub.subscribe(options.build(), inbox);
    subscription.awaitConnected(SOON);
    return subscription;
  }

  @Test
  void issuedCertificate_overMutualTls_bringsTypedUplinks() throws InterruptedException {
    ApiKey key = nhub.management().apiKeys().create("svc-mqtt-prod");
    IssuedCertificate issued =
        nhub.management().certificates().issue("Production MQTT Client", key.id());
    try (NHubClient client =
        NHubClient.builder(fake.environment()).credentials(issued.identity()).build()) {
      Subscription subscription = client.subscribe(options().build(), inbox);
      subscription.awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "°C"));

      Uplink uplink = assertInstanceOf(Uplink.class, inbox.takeMessage());
      assertEquals("ABC123", uplink.deviceId());
      assertEquals(22.5, uplink.reading("temperature").orElseThrow().number().orElseThrow());
      assertEquals(issued.fingerprint(), fake.connects().take(SOON).certificateFingerprint());
      assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    }
  }

  @Test
  void usernameAndToken_bringUplinksToo() throws InterruptedException {
    try (NHubClient client =
        NHubClient.builder(fake.environment())
            .credentials(fake.usernamePassword(DEFAULT_ENTERPRISE))
            .build()) {
      client.subscribe(options().build(), inbox).awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123"));

      assertEquals("ABC123", inbox.takeMessage().deviceId());
    }
  }

  @Test
  void allKinds_eachComesAsItsOwnType() throws InterruptedException {
    subscribe(options().allKinds());
    fake.publish(FakeMessage.join("J"));
    fake.publish(FakeMessage.downlink("D"));
    fake.publish(FakeMessage.uplink("U"));
    fake.publish("v4/groups/nnn.acme.master/X/alarms", "{\"device_id\":\"X\",\"timestamp_ms\":1}");
    for (int i = 0; i < 4; i++) {
      var message = inbox.takeMessage();
      Class<?> expected =
          switch (message.deviceId()) {
            case "J" -> Join.class;
            case "D" -> Downlink.class;
            case "U" -> Uplink.class;
            default -> UnknownMessage.class;
          };
      assertInstanceOf(expected, message);
    }
  }

  @Test
  void puback_leavesOnlyAfterTheHandlerHasReturned() throws InterruptedException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    Subscription subscription =
        nhub.subscribe(
            DEFAULT_ENTERPRISE,
            uplink -> {
              entered.countDown();
              mayReturn.await();
            });
    subscription.awaitConnected(SOON);
    PublishReceipt receipt = fake.publish(FakeMessage.uplink("ABC123"));
    assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
    assertEquals(List.of(), fake.acks().all());
    assertFalse(receipt.settled().isDone());

    mayReturn.countDown();
    assertEquals("v4/groups/nnn.acme.master/ABC123/uplinks", fake.acks().take(SOON).topic());
  }

  @Test
  void puback_leavesInTheOrderOfArrival_thoughAnOtherDeviceIsSlow() throws InterruptedException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    CountDownLatch fast = new CountDownLatch(2);
    Subscription subscription =
        nhub.subscribe(
            DEFAULT_ENTERPRISE,
            uplink -> {
              if (uplink.deviceId().equals("slow")) {
                mayReturn.await();
              } else {
                fast.countDown();
              }
            });
    subscription.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("slow"));
    fake.publish(FakeMessage.uplink("fast-1"));
    fake.publish(FakeMessage.uplink("fast-2"));
    assertTrue(fast.await(SOON.toSeconds(), TimeUnit.SECONDS), "other devices go on");
    assertEquals(List.of(), fake.acks().all());

    mayReturn.countDown();
    List<Integer> ids =
        List.of(
            fake.acks().take(SOON).packetId(),
            fake.acks().take(SOON).packetId(),
            fake.acks().take(SOON).packetId());
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  @Test
  void handlerThrows_isNotAcknowledgedAsSuccess() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    FailurePolicy policy =
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1)
            .withBackoff(Duration.ofMillis(20), Duration.ofMinutes(1))
            .thenStop();
    try (FakeNHub bridge = FakeNHub.builder().leakCheck(false).start();
        NHubClient client =
            NHubClient.builder(bridge.environment())
                .credentials(bridge.identity(DEFAULT_ENTERPRISE))
                .build()) {
      Subscription subscription =
          client.subscribe(
              options().failurePolicy(policy).build(),
              (message, delivery) -> {
                calls.incrementAndGet();
                throw new IllegalStateException("database is down");
              });
      subscription.awaitConnected(SOON);
      bridge.publish(FakeMessage.uplink("ABC123"));
      inbox.takeEvent(SubscriptionEvent.Closed.class);

      assertEquals(2, calls.get());
      assertEquals(List.of(), bridge.acks().all());
      assertEquals(0, subscription.stats().acknowledged());
    }
  }

  @Test
  void connectionDropped_isMadeAgainAndNothingIsLost() throws InterruptedException {
    Subscription subscription = subscribe(options());
    fake.publish(FakeMessage.uplink("before"));
    assertEquals("before", inbox.takeMessage().deviceId());
    fake.dropConnections();
    fake.publish(FakeMessage.uplink("during"));
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    assertTrue(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());

    assertEquals("during", inbox.takeMessage().deviceId(), "the session queued it");
    fake.publish(FakeMessage.uplink("after"));
    assertEquals("after", inbox.takeMessage().deviceId());
    assertEquals(1, subscription.stats().reconnects());
  }

  @Test
  void sessionLost_isSubscribedAgainAndToldOnce() throws InterruptedException {
    subscribe(options());
    SubscriptionEvent.Subscribed stood = inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    fake.inject(new BridgeFault.LoseSession());
    fake.dropConnections();

    SubscriptionEvent.Disconnected lost = inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    SubscriptionEvent.SessionLost window = inbox.takeEvent(SubscriptionEvent.SessionLost.class);
    assertFalse(window.from().isAfter(lost.at()), "the last byte came before the end");
    assertFalse(window.to().isBefore(lost.at()));
    assertFalse(window.from().isBefore(stood.at().minusSeconds(60)), "SUBACK was heard");
    fake.publish(FakeMessage.uplink("after"));
    assertEquals("after", inbox.takeMessage().deviceId());
  }

  @Test
  void handlerBlocks_overADrop_isFinishedOnceAndAcknowledgedOnTheNewConnection()
      throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Subscription subscription =
        nhub.subscribe(
            options().build(),
            (message, delivery) -> {
              calls.incrementAndGet();
              entered.countDown();
              mayReturn.await();
            });
    subscription.awaitConnected(SOON);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    PublishReceipt receipt = fake.publish(FakeMessage.uplink("ABC123"));
    assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    mayReturn.countDown();

    AckRecord ack = fake.acks().take(SOON);
    assertEquals(2, ack.sends(), "sent again by the bridge");
    assertEquals(1, calls.get(), "and recognised here");
    receipt.settled().orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Test
  void close_finishesHandlers_acknowledges_andLeavesNoThread() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<Void> work = new CompletableFuture<>();
    Subscription subscription =
        nhub.subscribeAsync(
            options().build(),
            (message, delivery) -> {
              entered.countDown();
              return work;
            });
    subscription.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("ABC123"));
    assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
    CompletableFuture<DrainReport> closing =
        CompletableFuture.supplyAsync(() -> subscription.close(SOON));
    Eventually.isTrue("draining", () -> subscription.state() == SubscriptionState.DRAINING);
    work.complete(null);

    assertEquals(new DrainReport(1, 0), closing.join());
    SubscriptionStats stats = subscription.stats();
    assertEquals(1, stats.acknowledged());
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    nhub.close();
    OurThreads.awaitNone();
  }

  @Test
  void close_inAHandler_returnsAtOnceAndTheMessageIsAcknowledged() throws InterruptedException {
    CompletableFuture<Subscription> self = new CompletableFuture<>();
    Subscription subscription = nhub.subscribe(DEFAULT_ENTERPRISE, uplink -> self.join().close());
    self.complete(subscription);
    subscription.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("ABC123"));
    subscription.awaitClosed();

    assertEquals("v4/groups/nnn.acme.master/ABC123/uplinks", fake.acks().take(SOON).topic());
  }

  @Test
  void undecodable_costsNobodyElseAnything() throws InterruptedException {
    Subscription subscription = subscribe(options());
    fake.publish("v4/groups/nnn.acme.master/BAD/uplinks", "{not json".getBytes(UTF_8));
    fake.publish(FakeMessage.uplink("GOOD"));

    assertEquals("GOOD", inbox.takeMessage().deviceId());
    assertEquals(
        "BAD",
        inbox.takeEvent(SubscriptionEvent.MessageFailed.class).message().delivery().deviceId());
    assertEquals(1, subscription.stats().undecodable());
  }
}
