package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Line 5 of the acceptance checklist: {@code close()} in every state, on both engines. Each time it
 * returns within its deadline, no thread of ours or Paho's is left, and so nothing connects later.
 */
class CloseInEveryStateTest {
  private static final Duration DRAIN = Duration.ofMillis(300);

  /** The drain, the 10 seconds that close() gives the DISCONNECT, and a loaded machine's share. */
  private static final Duration DEADLINE = DRAIN.plusSeconds(30);

  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void closeFake() {
    fake.close();
  }

  private NHubClient client(MqttEngine engine, NHubEnvironment environment) {
    return NHubClient.builder(environment)
        .credentials(fake.identity(DEFAULT_ENTERPRISE))
        .engine(engine)
        .build();
  }

  private NHubClient client(MqttEngine engine) {
    return client(engine, fake.environment());
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
        .listener(inbox);
  }

  private DrainReport closeInTime(Subscription subscription) throws InterruptedException {
    long start = System.nanoTime();
    DrainReport report = subscription.close(DRAIN);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(DEADLINE) < 0, "close took " + taken);
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    subscription.awaitClosed();
    return report;
  }

  private void nothingIsLeft(NHubClient nhub) {
    nhub.close();
    OurThreads.awaitNone();
  }

  @ParameterizedTest
  @EnumSource
  void neverStarted(MqttEngine engine) {
    nothingIsLeft(client(engine));
    assertEquals(0, fake.connects().all().size());
  }

  @ParameterizedTest
  @EnumSource
  void justStarted(MqttEngine engine) throws InterruptedException {
    NHubClient nhub = client(engine);
    closeInTime(nhub.subscribe(options().build(), inbox));
    nothingIsLeft(nhub);
  }

  @ParameterizedTest
  @EnumSource
  void inTls(MqttEngine engine) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      NHubClient nhub =
          client(
              engine,
              NHubEnvironment.at(fake.environment().api(), "localhost", mute.getLocalPort()));
      Subscription subscription = nhub.subscribe(options().build(), inbox);
      try (Socket accepted = mute.accept()) {
        assertTrue(accepted.getInputStream().read() >= 0, "the ClientHello begins");
        closeInTime(subscription);
        nothingIsLeft(nhub);
      }
    }
  }

  /** CONNACK came, and SUBACK never will. */
  @ParameterizedTest
  @EnumSource
  void connecting(MqttEngine engine) throws InterruptedException {
    fake.inject(new BridgeFault.Silence(Moment.SUBSCRIBE), Occurrence.always());
    NHubClient nhub = client(engine);
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    fake.connects().take(SOON);
    closeInTime(subscription);
    nothingIsLeft(nhub);
    fake.clearFaults(); // Perhaps no SUBSCRIBE was sent.
  }

  @ParameterizedTest
  @EnumSource
  void waiting(MqttEngine engine) throws Exception {
    NHubClient nhub =
        client(
            engine, NHubEnvironment.at(fake.environment().api(), "localhost", ClosedPort.number()));
    ReconnectPolicy patient = new ReconnectPolicy(Duration.ofDays(1), Duration.ofDays(1));
    Subscription subscription = nhub.subscribe(options().reconnectPolicy(patient).build(), inbox);
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    assertEquals(SubscriptionState.WAITING, subscription.state());
    closeInTime(subscription);
    nothingIsLeft(nhub);
  }

  @ParameterizedTest
  @EnumSource
  void subscribed_thePlaceIsFreeAndNobodyComesBack(MqttEngine engine) throws InterruptedException {
    NHubClient nhub = client(engine);
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    subscription.awaitConnected(SOON);
    assertEquals(new DrainReport(0, 0), closeInTime(subscription));
    nothingIsLeft(nhub);
    fake.verifyNoLeaks();
    assertEquals(1, fake.connects().all().size());
  }

  /** The handler does not end; the message stays with the bridge. */
  @ParameterizedTest
  @EnumSource
  void draining_aStuckHandlerIsLeftBehind(MqttEngine engine) throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    NHubClient nhub = client(engine);
    Subscription subscription =
        nhub.subscribe(
            options().build(),
            (message, delivery) -> {
              entered.countDown();
              mayReturn.await();
            });
    subscription.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("ABC123"));
    assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
    CompletableFuture<DrainReport> other =
        CompletableFuture.supplyAsync(() -> subscription.close(DRAIN));
    assertEquals(new DrainReport(0, 1), closeInTime(subscription), "closed twice at a time");
    assertEquals(new DrainReport(0, 1), other.join());
    assertEquals(0, fake.acks().all().size());

    mayReturn.countDown();
    nothingIsLeft(nhub);
    assertEquals(0, fake.acks().all().size(), "a handler that ends later acknowledges nothing");
  }

  @ParameterizedTest
  @EnumSource
  void closedAlready(MqttEngine engine) throws InterruptedException {
    NHubClient nhub = client(engine);
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    subscription.awaitConnected(SOON);
    closeInTime(subscription);
    closeInTime(subscription);
    nothingIsLeft(nhub);
    nhub.close();
    closeInTime(subscription);
  }

  @ParameterizedTest
  @EnumSource
  void whileDroppingAgainAndAgain(MqttEngine engine) throws InterruptedException {
    fake.inject(new BridgeFault.Drop(Moment.CONNACK), Occurrence.always());
    NHubClient nhub = client(engine);
    Subscription subscription = nhub.subscribe(options().build(), inbox);
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
    closeInTime(subscription);
    nothingIsLeft(nhub);
  }
}
