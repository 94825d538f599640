package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.KeyMismatchException;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CertificateExpires;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsRefused;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsReplaced;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsUnusable;
import io.nnnco.nhub.stream.event.SubscriptionEvent.FormerCertificateRevoked;
import io.nnnco.nhub.stream.event.SubscriptionEvent.RenewalFailed;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.CredentialsFeed;
import io.nnnco.nhub.stream.internal.EventRecorder;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.Subscriptions;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client and the source of its credentials, in virtual time. */
class CredentialsSourceTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeNHub fake = FakeNHub.builder().clock(time::instant).start();
  private final ScriptedSource source = new ScriptedSource(fake.identities().fresh("nnn.acme"));
  private final ClientIdentity next = fake.identities().fresh("nnn.acme");
  private final EventRecorder events = new EventRecorder();
  private final Deque<Attempt> attempts = new ArrayDeque<>();
  private final NHubClient client = client(new CredentialsFeed(source, time::instant));

  private record Attempt(ConnectRequest request, TransportListener listener) {
    Credentials shown() {
      return request.credentials();
    }
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private NHubClient client(CredentialsFeed feed) {
    ClientResources resources =
        new ClientResources(
            fake.environment(),
            null,
            this::connect,
            time,
            Workers.on(time, time),
            WorkerPool.ofWriters(),
            List.of(),
            time.time(),
            () -> 0.5);
    return new NHubClient(
        resources,
        new Subscriptions(resources, feed),
        null,
        options -> {
          throw new UnsupportedOperationException("No doctor here");
        });
  }

  private Transport connect(ConnectRequest request, TransportListener listener) {
    RecordingTransport transport = new RecordingTransport();
    transport.onDisconnect(() -> listener.onClosed(null));
    attempts.add(new Attempt(request, listener));
    return transport;
  }

  private Subscription subscribe() {
    SubscribeOptions options = SubscribeOptions.builder("nnn.acme").listener(events::add).build();
    Subscription subscription = client.subscribe(options, (message, delivery) -> {});
    time.runDue();
    return subscription;
  }

  private Attempt attempt() {
    assertFalse(attempts.isEmpty(), "nobody has connected");
    return attempts.remove();
  }

  private void accept(Attempt attempt) {
    attempt.listener().onConnected(true);
    attempt.listener().onSubscribed();
    time.runDue();
  }

  private void fail(Attempt attempt, NHubException cause) {
    attempt.listener().onClosed(cause);
    time.runDue();
  }

  private Subscription subscribed() {
    Subscription subscription = subscribe();
    accept(attempt());
    return subscription;
  }

  private void offer(Credentials offered) {
    source.client().offer(offered);
    time.runDue();
  }

  @Test
  void subscribe_showsTheFirst_andTheSourceHearsThatTheyAreAccepted() {
    subscribe();
    Attempt attempt = attempt();
    assertSame(source.first(), attempt.shown());
    assertEquals(List.of(), source.accepted());
    accept(attempt);
    assertEquals(List.of(source.first()), source.accepted());
  }

  @Test
  void offer_goesOverMakeBeforeBreak_andIsAcceptedWithItsSuback() {
    Subscription subscription = subscribed();
    offer(next);
    Attempt beside = attempt();
    assertSame(next, beside.shown());
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    beside.listener().onConnected(true);
    time.runDue();
    assertFalse(source.accepted().contains(next), "a CONNACK is not a SUBACK");
    beside.listener().onSubscribed();
    time.runDue();
    assertEquals(List.of(source.first(), next), source.accepted());
    events.assertHas(1, CredentialsReplaced.class);
  }

  @Test
  void offer_withoutASubscription_isForLaterOnes_andAcceptedOnlyByTheBridge() {
    offer(next);
    assertEquals(List.of(), source.accepted());
    subscribe();
    Attempt attempt = attempt();
    assertSame(next, attempt.shown());
    assertEquals(List.of(), source.accepted());
    accept(attempt);
    assertEquals(List.of(next), source.accepted());
  }

  @Test
  void offer_acceptedForOneOfTwo_isNotAcceptedUntilTheOtherUsesItToo() {
    subscribed();
    subscribed();
    offer(next);
    Attempt one = attempt();
    Attempt other = attempt();
    accept(one);
    assertFalse(source.accepted().contains(next), "the other would reconnect with the former");
    fail(other, ClientFixture.refused());
    assertFalse(source.accepted().contains(next));
    time.advance(Duration.ofMinutes(10));
    accept(attempt());
    assertTrue(source.accepted().contains(next));
  }

  @Test
  void offer_acceptedForOne_isAccepted_whenTheOtherEnds() {
    subscribed();
    subscribed();
    offer(next);
    accept(attempt());
    Attempt second = attempts.remove();
    assertFalse(source.accepted().contains(next));
    Subscription holdout = client.subscriptions().get(1);
    assertInstanceOf(RealSubscription.class, holdout).beginClose(Duration.ZERO, false);
    time.runDue();
    assertSame(next, second.shown());
    assertTrue(source.accepted().contains(next));
  }

  @Test
  void offer_refused_leavesTheConnectionAlone_andIsOfferedAgainLessAndLessOften() {
    Subscription subscription = subscribed();
    offer(next);
    List<Duration> waits = new ArrayList<>();
    Instant before = time.instant();
    for (int i = 0; i < 6; i++) {
      fail(attempt(), ClientFixture.refused());
      while (attempts.isEmpty()) {
        time.advance(Duration.ofMinutes(1));
      }
      waits.add(Duration.between(before, time.instant()));
      before = time.instant();
    }
    assertEquals(
        List.of(10L, 20L, 40L, 80L, 120L, 120L), waits.stream().map(Duration::toMinutes).toList());
    assertEquals(6, source.refused().size());
    events.assertHas(6, CredentialsRefused.class);
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
    accept(attempt());
    assertTrue(source.accepted().contains(next));
    time.advance(Duration.ofDays(1));
    assertEquals(List.of(), List.copyOf(attempts), "accepted, so not offered again");
  }

  @Test
  void offer_whileTheSourceBegins_isTheLatest_andOfferedAgainWhenItIsRefused() {
    source.offersAtOnce(next);
    CredentialsFeed feed = new CredentialsFeed(source, time::instant);
    client(feed);
    int waiting = time.waiting();
    feed.refused(next, ClientFixture.lost());
    assertEquals(waiting + 1, time.waiting(), "for another offer");
  }

  @Test
  void offer_whileTheNetworkFails_isOfferedAgainSoon() {
    subscribed();
    offer(next);
    fail(attempt(), ClientFixture.lost());
    time.advance(Duration.ofSeconds(10));
    assertSame(next, attempt().shown());
  }

  @Test
  void offer_another_endsTheRetriesOfTheFormer() {
    subscribed();
    offer(fake.identities().fresh("nnn.acme"));
    fail(attempt(), ClientFixture.refused());
    offer(next);
    accept(attempt());
    time.advance(Duration.ofDays(1));
    assertEquals(List.of(), List.copyOf(attempts));
  }

  @Test
  void unusable_isAnEventAndInHealth_untilRecovered() {
    Subscription subscription = subscribed();
    KeyMismatchException mismatch = new KeyMismatchException("tls.crt", "tls.key", "CN=x");
    source.client().unusable(mismatch);
    time.runDue();
    assertSame(mismatch, events.assertHas(1, CredentialsUnusable.class).get(0).cause());
    assertTrue(subscription.health().ready());
    assertTrue(
        subscription.health().detail().endsWith(mismatch.getMessage()),
        subscription.health()::detail);
    assertTrue(client.health().detail().contains("NHUB-ID-006"));

    Subscription later = subscribed();
    events.assertHas(2, CredentialsUnusable.class);
    assertTrue(later.health().detail().contains("NHUB-ID-006"));

    source.client().recovered();
    assertEquals("Connected and subscribed.", subscription.health().detail());
    assertEquals("Connected and subscribed.", later.health().detail());
    assertEquals(List.of(), List.copyOf(attempts), "the connections stay");
  }

  @Test
  void unusable_beforeTheClientIsThere_isNotLost() {
    ScriptedSource hasty = new ScriptedSource(next);
    CredentialsFeed feed = new CredentialsFeed(hasty, time::instant);
    hasty.client().unusable(new KeyMismatchException("tls.crt", "tls.key", "CN=x"));
    NHubClient late = client(feed);
    late.subscribe(
        SubscribeOptions.builder("nnn.acme").listener(events::add).build(), (m, d) -> {});
    time.runDue();
    events.assertHas(1, CredentialsUnusable.class);
  }

  @Test
  void newsOfRenewals_areEvents() {
    subscribed();
    KeyMismatchException cause = new KeyMismatchException("tls.crt", "tls.key", "CN=x");
    source.client().renewalFailed(cause, Duration.ofMinutes(2));
    source.client().revoked("c-1", true);
    time.runDue();
    assertEquals(
        List.of(new RenewalFailed(time.instant(), cause, Duration.ofMinutes(2))),
        events.assertHas(1, RenewalFailed.class));
    assertEquals(
        List.of(new FormerCertificateRevoked(time.instant(), "c-1", true)),
        events.assertHas(1, FormerCertificateRevoked.class));
  }

  @Test
  void subscriptionWithItsOwnCredentials_hearsNothingOfTheSource() {
    SubscribeOptions own =
        SubscribeOptions.builder("nnn.acme").credentials(next).listener(events::add).build();
    client.subscribe(own, (message, delivery) -> {});
    time.runDue();
    accept(attempt());
    source.client().unusable(new KeyMismatchException("tls.crt", "tls.key", "CN=x"));
    time.runDue();
    assertEquals("nnn.acme: Connected and subscribed.", client.health().detail());
    assertEquals(List.of(), source.accepted());
  }

  @Test
  void expiry_isRemindedOf_unlessTheSourceRenews() {
    subscribed();
    time.advance(Duration.ofDays(364));
    events.assertHas(3, CertificateExpires.class);

    source.renewing();
    NHubClient renewing = client(new CredentialsFeed(source, time::instant));
    EventRecorder others = new EventRecorder();
    renewing.subscribe(
        SubscribeOptions.builder("nnn.acme").listener(others::add).build(), (m, d) -> {});
    time.runDue();
    assertEquals(List.of(), others.of(CertificateExpires.class));
  }

  @Test
  void sourceThatThrows_harmsNobody() {
    source.throwsFromNowOn();
    Subscription subscription = subscribed();
    offer(next);
    fail(attempt(), ClientFixture.refused());
    assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
  }

  @Test
  void build_sourceWithoutFirstOnes_failsAndLeavesNothing() {
    KeyMismatchException cause = new KeyMismatchException("tls.crt", "tls.key", "CN=x");
    NHubClientBuilder builder =
        NHubClient.builder(fake.environment())
            .managementToken(fake.adminToken())
            .credentials(
                ignored -> {
                  throw cause;
                });
    assertSame(cause, assertThrows(KeyMismatchException.class, builder::build));
  }

  @Test
  void close_endsTheSupply() {
    ScriptedSource other = new ScriptedSource(fake.identity());
    NHubClient.builder(fake.environment()).credentials(other).build().close();
    assertTrue(other.isClosed());
  }
}
