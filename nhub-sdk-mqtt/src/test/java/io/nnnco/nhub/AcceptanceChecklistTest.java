package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.ClientDelivery.State;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.PublishReceipt;
import io.nnnco.nhub.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Lines 1 to 4 and 6 to 11 of the acceptance checklist, through the front door against the whole
 * fake, on the Paho engine; {@link DirectAcceptanceChecklistTest} has the other engine. Line 5 is
 * {@link CloseInEveryStateTest}.
 */
class AcceptanceChecklistTest {
  private final VirtualClock clock = VirtualClock.at(Instant.now());
  private final FakeNHub fake = FakeNHub.builder().clock(clock).leakCheck(false).start();
  private final ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
  private final NHubClient nhub = client();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    nhub.close();
    fake.close();
  }

  MqttEngine engine() {
    return MqttEngine.PAHO;
  }

  /** How often line 9 can break a real connection within a test's time. */
  int realDrops() {
    return 50;
  }

  private NHubClient client() {
    return NHubClient.builder(fake.environment()).credentials(identity).engine(engine()).build();
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
        .listener(inbox);
  }

  private static List<String> devices(List<AckRecord> acks) {
    return acks.stream().map(ack -> ack.topic().split("/", -1)[3]).toList();
  }

  /** The blocked handler blocks for as long as three drops and reconnects take. */
  @Test
  void line1_handlerBlocksOverThreeDrops_reconnectsAtOnce_noLoss_pubackOrderKept()
      throws InterruptedException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    Subscription subscription =
        nhub.subscribe(
            options().build(),
            (message, delivery) -> {
              if (message.deviceId().equals("blocked")) {
                mayReturn.await();
              }
              inbox.handle(message, delivery);
            });
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    List<PublishReceipt> receipts = new ArrayList<>();
    receipts.add(fake.publish(FakeMessage.uplink("blocked")));
    for (int drop = 1; drop <= 3; drop++) {
      receipts.add(fake.publish(FakeMessage.uplink("before-" + drop)));
      assertEquals("before-" + drop, inbox.takeMessage().deviceId(), "other devices go on");
      fake.dropConnections();
      backAtTheFirstAttempt();
    }
    assertEquals(List.of(), fake.acks().all(), "the first message blocks the others' PUBACKs");

    mayReturn.countDown();
    receipts.forEach(receipt -> receipt.awaitDelivered(SOON));
    assertEquals("blocked", inbox.takeMessage().deviceId());
    receipts.forEach(receipt -> fake.acks().take(SOON));
    assertEquals(
        List.of("blocked", "before-1", "before-2", "before-3"), devices(fake.acks().all()));
    assertEquals(4, subscription.stats().handled(), "redeliveries are recognised");
  }

  /** The rest of the time is the machine's. */
  private void backAtTheFirstAttempt() throws InterruptedException {
    Duration pause = inbox.takeEvent(SubscriptionEvent.Disconnected.class).retryIn();
    assertTrue(pause.compareTo(Duration.ofSeconds(2)) < 0, () -> "waits " + pause);
    assertInstanceOf(SubscriptionEvent.Connecting.class, inbox.takeEvent(SubscriptionEvent.class));
    assertInstanceOf(SubscriptionEvent.Subscribed.class, inbox.takeEvent(SubscriptionEvent.class));
  }

  @Test
  void line2_handlerAlwaysThrows_isRetried_handedOver_acknowledged_andTheLinkIsUntouched()
      throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    BlockingQueue<FailedMessage> dead = new LinkedBlockingQueue<>();
    FailurePolicy policy =
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(2)
            .withBackoff(Duration.ofMillis(10), Duration.ofMinutes(1))
            .thenHandOver(dead::add);
    Subscription subscription =
        nhub.subscribe(
            options().failurePolicy(policy).build(),
            (message, delivery) -> {
              calls.incrementAndGet();
              throw new IllegalStateException("database is down");
            });
    subscription.awaitConnected(SOON);
    PublishReceipt receipt = fake.publish(FakeMessage.uplink("ABC123"));

    FailedMessage failed = dead.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertEquals(3, Objects.requireNonNull(failed).attempts());
    assertEquals(3, calls.get());
    receipt.awaitDelivered(SOON);
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    assertEquals(1, fake.connects().all().size());
  }

  @Test
  void line3_subackRefuses_isATypedError_withinTheStartDeadline_andNotRetried() {
    fake.inject(new BridgeFault.RespondToSubscribe(0x87), Occurrence.always());
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    var refused =
        assertThrows(SubscriptionRefusedException.class, () -> subscription.awaitConnected(SOON));

    assertEquals(0x87, refused.reasonCode());
    assertEquals("v4/groups/nnn.acme.master/+/uplinks", refused.topicFilter());
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    assertEquals(1, fake.connects().all().size());
  }

  @Test
  void line4_noConnack_isAnErrorThatNamesPhaseAndDeadline() throws InterruptedException {
    fake.inject(new BridgeFault.Silence(Moment.CONNECT), Occurrence.always());
    Duration deadline = Duration.ofSeconds(2);
    nhub.subscribe(options().connectTimeout(deadline).build(), inbox);

    String text = String.valueOf(inbox.takeTimeoutIn(ConnectionPhase.CONNECT).getMessage());
    assertTrue(text.contains("CONNECT") && text.contains("2 s"), text);
  }

  @Test
  void line6_sessionExpired_isSubscribedAgain_andToldOnceWithItsWindow()
      throws InterruptedException {
    nhub.subscribe(options().build(), inbox);
    Instant begun = inbox.takeEvent(SubscriptionEvent.Subscribed.class).at();
    fake.inject(new BridgeFault.RefuseConnect(0x88), Occurrence.always());
    fake.dropConnections();
    Instant lost = inbox.takeEvent(SubscriptionEvent.Disconnected.class).at();
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    clock.advance(Duration.ofMinutes(6));
    fake.clearFaults();

    SubscriptionEvent.Subscribed back = inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    SubscriptionEvent.SessionLost told = inbox.takeEvent(SubscriptionEvent.SessionLost.class);
    assertFalse(back.sessionPresent());
    assertEquals(new SubscriptionEvent.SessionLost(back.at(), told.from(), back.at()), told);
    assertFalse(told.from().isBefore(begun) || told.from().isAfter(lost), told::toString);
    assertEquals(2, fake.subscriptions().all().size());
    fake.publish(FakeMessage.uplink("after"));
    assertEquals("after", inbox.takeMessage().deviceId());

    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    assertTrue(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
    nhub.close();
    SubscriptionEvent next = inbox.takeEvent(SubscriptionEvent.class);
    assertInstanceOf(SubscriptionEvent.Closed.class, next, "no second SessionLost");
  }

  /** The first gives way and says why; the second has the session and keeps it. */
  @Test
  void line7_sameClientIdTwice_theWarStopsAndSaysWhy() throws InterruptedException {
    Subscription first =
        nhub.subscribe(options().durable("app", Duration.ofHours(1)).build(), inbox);
    first.awaitConnected(SOON);
    try (NHubClient other = client()) {
      Inbox others = new Inbox();
      Subscription second =
          other.subscribe(
              options().durable("app", Duration.ofHours(1)).listener(others).build(), others);
      var cause = assertThrows(SessionTakenOverException.class, first::awaitClosed);
      assertTrue(String.valueOf(cause.getMessage()).endsWith(cause.advice()));
      second.awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123"));

      assertEquals("ABC123", others.takeMessage().deviceId());
      assertEquals(2, fake.connects().all().size(), "nobody came back");
      assertEquals(SubscriptionState.SUBSCRIBED, second.state());
      second.forget(Duration.ZERO);
    }
  }

  /** That new credentials revive it without a restart is in {@link LifecycleEndToEndTest}. */
  @Test
  void line8_certificateRevokedMidStream_theNextConnectIsTheEnd() throws InterruptedException {
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    subscription.awaitConnected(SOON);
    fake.revoke(identity);
    fake.publish(FakeMessage.uplink("ABC123")).awaitDelivered(SOON);
    fake.dropConnections();

    assertThrows(CertificateRevokedException.class, subscription::awaitClosed);
    assertEquals(2, fake.connects().all().size(), "not hammered");
    assertThrows(CertificateRevokedException.class, () -> subscription.awaitConnected(SOON));
  }

  /** Fewer than 1,000 of them with real connections; {@code ManyDropsTest} has the full number. */
  @Test
  void line9_manyDrops_leaveThreadsAndHeapFlat() throws InterruptedException {
    nhub.subscribe(options().build(), inbox);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    dropAndReceive(10);
    int threads = settledThreads(Integer.MAX_VALUE);
    long heap = Heap.usedAfterCollection();
    dropAndReceive(realDrops());

    settledThreads(threads);
    Heap.awaitAtMost(heap + 4_000_000);
  }

  private void dropAndReceive(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      fake.dropConnections();
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      fake.publish(FakeMessage.uplink("device-" + i)).awaitDelivered(SOON);
      assertEquals("device-" + i, inbox.takeMessage().deviceId());
    }
  }

  /** How many threads there are besides workers when those of the last connection have ended. */
  private static int settledThreads(int atMost) {
    Eventually.isTrue(
        () -> "one connection's threads are left of " + OurThreads.names() + OurThreads.ofPaho(),
        () ->
            OurThreads.names().stream().noneMatch(name -> name.startsWith("nhub-release"))
                && OurThreads.ofPaho().size() <= 4
                && OurThreads.workers() <= OurThreads.MOST_WORKERS
                && OurThreads.besidesWorkers() <= atMost);
    return OurThreads.besidesWorkers();
  }

  /** The bridge hangs up at the second ping, which proves that there were two. */
  @Test
  void line10_handlerStuck_atMostTheWindowIsInFlight_andPingsGoOn() throws InterruptedException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    fake.inject(
        new BridgeFault.ServerDisconnect(Moment.PING, 0x8B, "two pings"),
        Occurrence.once().after(1));
    Subscription subscription =
        nhub.subscribe(
            options().window(20).keepAlive(Duration.ofSeconds(4)).build(),
            (message, delivery) -> mayReturn.await());
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    List<PublishReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      receipts.add(fake.publish(FakeMessage.uplink("stuck-" + i % 30)));
    }
    Eventually.isTrue("20 are sent", () -> inFlight(receipts) == 20);

    var cause = inbox.takeEvent(SubscriptionEvent.Disconnected.class).cause();
    var end =
        Coded.assertInstanceOf(ServerException.class, StreamErrorCode.SERVER_DISCONNECTED, cause);
    assertEquals(ReasonCode.SERVER_SHUTTING_DOWN, end.reasonCode());
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    Eventually.isTrue("20 are sent again", () -> inFlight(receipts) == 20);
    assertEquals(20, subscription.stats().inFlight());
    assertEquals(List.of(), fake.acks().all());
    assertEquals(20, fake.connects().all().get(0).receiveMaximum());

    mayReturn.countDown();
    receipts.forEach(receipt -> receipt.awaitDelivered(SOON));
    assertEquals(100, subscription.stats().handled());
  }

  private static long inFlight(List<PublishReceipt> receipts) {
    long sent =
        receipts.stream()
            .filter(receipt -> receipt.deliveries().get(0).state() == State.SENT)
            .count();
    assertTrue(sent <= 20, sent + " in flight");
    return sent;
  }

  /** The bridge lost the session, so that the packet id means the next message by now. */
  @Test
  void line11_lateAckOfAnOldConnection_sendsNoPacket() throws InterruptedException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    Subscription subscription =
        nhub.subscribe(
            options().build(),
            (message, delivery) -> {
              if (message.deviceId().equals("old")) {
                entered.countDown();
                mayReturn.await();
              }
            });
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    PublishReceipt old = fake.publish(FakeMessage.uplink("old"));
    assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
    fake.inject(new BridgeFault.LoseSession());
    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.SessionLost.class);
    mayReturn.countDown();
    Eventually.isTrue("the old one is handled", () -> subscription.stats().handled() == 1);
    fake.publish(FakeMessage.uplink("new")).awaitDelivered(SOON);

    fake.acks().take(SOON);
    assertEquals(List.of("new"), devices(fake.acks().all()), "one PUBACK in all");
    assertEquals(State.DROPPED, old.deliveries().get(0).state());
    assertEquals(1, subscription.stats().acknowledged());
    assertNotNull(subscription.stats().subscribedSince());
  }

  /** Not on the list: nothing is read, so only a ping that cannot be written tells. */
  @Test
  void paused_aConnectionThatBreaks_isMadeAgain_andStaysPaused() throws InterruptedException {
    Subscription subscription =
        nhub.subscribe(options().keepAlive(Duration.ofSeconds(4)).build(), inbox);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    subscription.pause();
    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    PublishReceipt receipt = fake.publish(FakeMessage.uplink("ABC123"));
    assertEquals(State.SENT, receipt.deliveries().get(0).state());
    assertEquals(0, subscription.stats().received());

    subscription.resume();
    assertEquals("ABC123", inbox.takeMessage().deviceId());
  }
}
