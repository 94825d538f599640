package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the state of a subscription, its window and its connection leave in the meters. */
class SubscriptionMetersTest extends MetricsFixture {
  @BeforeEach
  void bind() {
    new NHubMetrics(nhub).bindTo(registry);
  }

  private double inState(String state) {
    return gauge("nhub.subscription.state", "state", state);
  }

  @Test
  void state_ofASubscriptionThatStands_isOneForSubscribedAlone() throws InterruptedException {
    subscribe(options().build());

    assertEquals(1, inState("subscribed"));
    for (String other : new String[] {"connecting", "waiting", "refused", "draining", "closed"}) {
      assertEquals(0, inState(other), other);
    }
    assertEquals(1, gauge("nhub.subscription.ready"));
    assertEquals(1, gauge("nhub.subscription.live"));
  }

  @Test
  void window_whileAHandlerBlocks_isUsed() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    nhub.subscribe(options().window(4).build(), (message, delivery) -> release.await())
        .awaitConnected(SOON);
    assertEquals(0, gauge("nhub.messages.in.flight"));
    assertEquals(0, gauge("nhub.window.used"));

    fake.publish(FakeMessage.uplink("METER-1"));
    becomes(1, () -> gauge("nhub.messages.in.flight"));
    becomes(0.25, () -> gauge("nhub.window.used"));
    release.countDown();
    becomes(0, () -> gauge("nhub.messages.in.flight"));
  }

  @Test
  void ready_ofAPausedSubscription_isZero_andLiveStaysOne() throws InterruptedException {
    subscribe(options().build()).pause();

    assertEquals(0, gauge("nhub.subscription.ready"));
    assertEquals(1, gauge("nhub.subscription.live"));
  }

  @Test
  void disconnects_countByError_andReconnects() throws InterruptedException {
    Subscription subscription = subscribe(options().build());
    fake.dropConnections();

    becomes(1, () -> counter("nhub.subscription.reconnects"));
    String lost = StreamErrorCode.CONNECTION_LOST.id();
    assertEquals(1, counter("nhub.subscription.disconnects", "error", lost));
    subscription.awaitConnected(SOON);

    fake.inject(new BridgeFault.RefuseConnect(0x88));
    fake.dropConnections();
    becomes(2, () -> counter("nhub.subscription.reconnects"));
    assertEquals(2, counter("nhub.subscription.disconnects", "error", lost));
    assertEquals(
        1, counter("nhub.subscription.disconnects", "error", StreamErrorCode.SERVER_REFUSED.id()));
  }

  @Test
  void subscription_thatAnErrorEnded_staysClosedAndNotLive_untilItIsClosed() {
    fake.revoke(fake.identity());
    Subscription failed = nhub.subscribe(options().build(), (message, delivery) -> {});
    failed.closed().handle((end, error) -> true).join();

    becomes(1, () -> inState("closed"));
    assertEquals(0, gauge("nhub.subscription.live"));
    assertEquals(0, gauge("nhub.subscription.ready"));
    assertEquals(
        1,
        counter(
            "nhub.subscription.disconnects", "error", StreamErrorCode.CERTIFICATE_REVOKED.id()));

    failed.close();
    becomes(Double.NaN, () -> inState("closed"));
  }

  @Test
  void lastAge_beforeTheFirstMessage_isTheTimeSinceItBegan() throws InterruptedException {
    subscribe(options().build());
    advance(Duration.ofHours(1));

    assertAge(Duration.ofHours(1));
  }

  @Test
  void lastAge_afterAMessage_isTheTimeSinceThat() throws InterruptedException {
    subscribe(options().build());
    advance(Duration.ofHours(1));
    Instant before = Instant.now();
    fake.publish(FakeMessage.uplink("METER-1").at(before.minusSeconds(86_400)));
    becomes(1, () -> counter("nhub.messages.received"));

    assertAge(Duration.ofHours(1)); // the client's clock is behind the registry's
    advance(Duration.ofHours(1));
    assertAge(Duration.ofHours(2));
  }

  private void assertAge(Duration expected) {
    double age = gauge("nhub.messages.last.age");
    double least = expected.toSeconds();
    assertTrue(age >= least - 1 && age < least + SOON.toSeconds(), () -> "age of " + age);
  }

  @Test
  void certificateRemaining_isTheTimeUntilItExpires_andNegativeAfterThat()
      throws InterruptedException {
    subscribe(options().build());
    Duration left = Duration.between(Instant.now(), fake.identity().expiresAt());
    double remaining = gauge("nhub.certificate.remaining");
    assertTrue(Math.abs(remaining - left.toSeconds()) < SOON.toSeconds(), () -> "" + remaining);

    advance(left.plusHours(1));
    double negative = gauge("nhub.certificate.remaining");
    assertTrue(negative < -3500 && negative > -3700, () -> "" + negative);
  }

  @Test
  void certificateRemaining_withUserNameAndToken_isNotANumber() throws InterruptedException {
    subscribe(options().credentials(fake.usernamePassword()).build());

    assertEquals(Double.NaN, registry.get("nhub.certificate.remaining").timeGauge().value());
  }

  @Test
  void tags_ofSubscriptions_areEnterprisesAndDurableNameOrSharedGroup() {
    nhub.subscribe(
        options().durable("meter-import", Duration.ofHours(1)).build(), (message, delivery) -> {});
    nhub.subscribe(options().sharedGroup("workers").build(), (message, delivery) -> {});
    nhub.subscribe(
        options().alsoEnterprise("nnn.b").alsoEnterprise("nnn.c").alsoEnterprise("nnn.d").build(),
        (message, delivery) -> {});

    assertTagged("nnn.acme", "meter-import");
    assertTagged("nnn.acme", "workers");
    assertTagged("nnn.acme,nnn.b,nnn.c and 1 more", "none");
  }

  private void assertTagged(String enterprise, String subscription) {
    assertEquals(
        0,
        counter("nhub.messages.received", "enterprise", enterprise, "subscription", subscription),
        () -> registry.getMeters().toString().toLowerCase(Locale.ROOT));
  }
}
