package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a subscription lives through besides messages: credentials, restarts, company. */
class LifecycleEndToEndTest {
  private final FakeNHub fake = FakeNHub.start();
  private final ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
  private final NHubClient nhub =
      NHubClient.builder(fake.environment()).credentials(identity).build();
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
  void updateCredentials_onALiveStream_goesOverWithoutAMissedMessage() throws InterruptedException {
    Subscription subscription = subscribe(options());
    ClientIdentity renewed = fake.identities().fresh(DEFAULT_ENTERPRISE);
    nhub.updateCredentials(renewed);
    fake.publish(FakeMessage.uplink("during"));
    inbox.takeEvent(SubscriptionEvent.CredentialsReplaced.class);
    fake.publish(FakeMessage.uplink("after"));

    List<String> came = List.of(inbox.takeMessage().deviceId(), inbox.takeMessage().deviceId());
    assertEquals(
        List.of("after", "during"), came.stream().sorted().toList(), "two devices, in any order");
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    fake.connects().take(SOON);
    assertEquals(renewed.fingerprint(), fake.connects().take(SOON).certificateFingerprint());
  }

  @Test
  void updateCredentials_refused_keepTheOldOnesInUse() throws InterruptedException {
    Subscription subscription = subscribe(options());
    nhub.updateCredentials(fake.identities().ofInactiveKey(DEFAULT_ENTERPRISE));
    Coded.assertInstanceOf(
        AuthenticationException.class,
        StreamErrorCode.NOT_AUTHORIZED,
        inbox.takeEvent(SubscriptionEvent.CredentialsRefused.class).cause());
    fake.publish(FakeMessage.uplink("ABC123"));

    assertEquals("ABC123", inbox.takeMessage().deviceId());
    assertEquals(0, subscription.stats().reconnects());
  }

  @Test
  void revokedMidStream_awaitingCredentials_isRevivedWithoutARestart() throws InterruptedException {
    Subscription subscription = subscribe(options().awaitCredentials());
    fake.revoke(identity);
    fake.dropConnections();
    assertInstanceOf(
        CertificateRevokedException.class,
        inbox.takeEvent(SubscriptionEvent.CredentialsRefused.class).cause());
    assertEquals(SubscriptionState.REFUSED, subscription.state());
    assertEquals(SubscriptionHealth.Reason.REFUSED, subscription.health().reason());

    nhub.updateCredentials(fake.identities().fresh(DEFAULT_ENTERPRISE));
    subscription.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("ABC123"));
    assertEquals("ABC123", inbox.takeMessage().deviceId());
  }

  @Test
  void durable_overARestartOfTheClient_receivesWhatCameMeanwhile() throws InterruptedException {
    subscribe(options().durable("plant-7", Duration.ofHours(1))).close();
    fake.publish(FakeMessage.uplink("meanwhile"));
    try (NHubClient restarted =
        NHubClient.builder(fake.environment()).credentials(identity).build()) {
      Subscription again =
          restarted.subscribe(options().durable("plant-7", Duration.ofHours(1)).build(), inbox);

      assertEquals("meanwhile", inbox.takeMessage().deviceId());
      again.awaitConnected(SOON);
      again.forget(SOON);
    }
  }

  @Test
  void forget_durable_leavesNoSessionAtTheBridge() throws InterruptedException {
    Subscription subscription = subscribe(options().durable("plant-7", Duration.ofHours(1)));
    subscription.forget(SOON);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    subscribe(options().durable("plant-7", Duration.ofHours(1)));

    assertFalse(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
  }

  @Test
  void sharedGroup_dividesTheMessages() throws InterruptedException {
    Inbox other = new Inbox();
    subscribe(options().sharedGroup("workers"));
    nhub.subscribe(options().sharedGroup("workers").build(), other).awaitConnected(SOON);
    for (int i = 0; i < 10; i++) {
      fake.publish(FakeMessage.uplink("device-" + i));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      seen.add(inbox.takeMessage().deviceId());
      seen.add(other.takeMessage().deviceId());
    }
    assertEquals(10, seen.size(), "each message went to one of the two");
  }

  @Test
  void health_followsTheLife() throws InterruptedException {
    Subscription subscription = subscribe(options());
    SubscriptionHealth standing = subscription.health();
    assertTrue(standing.ready() && standing.live(), standing.detail());
    subscription.pause();
    assertEquals(SubscriptionHealth.Reason.PAUSED, subscription.health().reason());
    subscription.resume();
    subscription.close();

    assertEquals(SubscriptionHealth.Reason.CLOSED, subscription.health().reason());
    assertFalse(subscription.health().ready());
  }

  @Test
  void pause_readsNothingAndKeepsTheConnection_untilResume() throws InterruptedException {
    Subscription subscription = subscribe(options());
    subscription.pause();
    fake.publish(FakeMessage.uplink("ABC123"));
    nhub.subscribe(options().build(), new Inbox()).awaitConnected(SOON);
    assertTrue(inbox.isEmpty());

    subscription.resume();
    assertEquals("ABC123", inbox.takeMessage().deviceId());
    assertEquals(0, subscription.stats().reconnects());
  }
}
