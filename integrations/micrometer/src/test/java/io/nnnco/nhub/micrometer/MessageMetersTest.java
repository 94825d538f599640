package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the way of messages leaves in the meters. */
class MessageMetersTest extends MetricsFixture {
  private static final FailurePolicy ONE_RETRY =
      FailurePolicy.ofDefaults()
          .withRetries(1)
          .withPatience(Duration.ZERO)
          .withBackoff(Duration.ofMillis(1), Duration.ofMillis(1));

  @BeforeEach
  void bind() {
    new NHubMetrics(nhub).bindTo(registry);
  }

  private void subscribe(FailurePolicy policy, MessageHandler handler) throws InterruptedException {
    Subscription subscription = nhub.subscribe(options().failurePolicy(policy).build(), handler);
    subscription.awaitConnected(SOON);
  }

  private void uplinks(int count) {
    for (int i = 0; i < count; i++) {
      fake.publish(FakeMessage.uplink("METER-" + i));
    }
  }

  @Test
  void counters_ofHandledMessages_countEachStep() throws InterruptedException {
    subscribe(options().build());
    uplinks(5);

    becomes(5, () -> counter("nhub.messages.acknowledged"));
    assertEquals(5, counter("nhub.messages.received"));
    assertEquals(5, counter("nhub.messages.handled"));
    assertEquals(0, counter("nhub.messages.redelivered"));
    assertEquals(0, counter("nhub.messages.undecodable"));
    assertEquals(0, counter("nhub.messages.given.up", "last.resort", "skip"));
    assertEquals(0, counter("nhub.messages.given.up", "last.resort", "hand_over"));
    assertEquals(0, counter("nhub.handler.failures"));
    assertEquals(0, counter("nhub.subscription.reconnects"));
  }

  @Test
  void timers_ofHandledMessages_haveOneTimeOfEach() throws InterruptedException {
    subscribe(options().build());
    uplinks(5);

    becomes(5, () -> timed("nhub.messages.acknowledgement"));
    becomes(5, () -> timed("nhub.handler", "outcome", "success"));
    assertEquals(5, timed("nhub.messages.queue"));
    assertEquals(5, timed("nhub.messages.lag"));
    assertEquals(Double.NaN, timed("nhub.handler", "outcome", "failure"));
  }

  @Test
  void handler_thatFails_isTimedAsAFailure_andItsMessageGivenUp() throws InterruptedException {
    subscribe(
        ONE_RETRY,
        (message, delivery) -> {
          throw new IllegalStateException("No row for it.");
        });
    uplinks(1);

    becomes(1, () -> counter("nhub.messages.given.up", "last.resort", "skip"));
    assertEquals(2, counter("nhub.handler.failures"));
    becomes(2, () -> timed("nhub.handler", "outcome", "failure"));
    assertEquals(0, timed("nhub.handler", "outcome", "success"));
    assertEquals(1, timed("nhub.messages.queue"));
    assertEquals(0, counter("nhub.messages.handled"));
  }

  @Test
  void message_thatIsHandedOver_isCountedAsThat() throws InterruptedException {
    subscribe(
        ONE_RETRY.thenHandOver(failed -> {}),
        (message, delivery) -> {
          throw new IllegalStateException("No row for it.");
        });
    uplinks(1);

    becomes(1, () -> counter("nhub.messages.given.up", "last.resort", "hand_over"));
    assertEquals(0, counter("nhub.messages.given.up", "last.resort", "skip"));
  }

  @Test
  void handler_beyondItsDeadline_isTimedAsATimeout() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    nhub.subscribe(
            options().failurePolicy(ONE_RETRY).handlerDeadline(Duration.ofMillis(50)).build(),
            (message, delivery) -> release.await())
        .awaitConnected(SOON);
    uplinks(1);

    becomes(1, () -> Math.min(1, timed("nhub.handler", "outcome", "timeout")));
    release.countDown();
  }

  @Test
  void message_thatCannotBeDecoded_isCounted() throws InterruptedException {
    subscribe(options().build());
    fake.publish("v4/groups/nnn.acme.master/METER-1/uplinks", "not JSON");

    becomes(1, () -> counter("nhub.messages.undecodable"));
    becomes(1, () -> counter("nhub.messages.given.up", "last.resort", "skip"));
    assertEquals(0, timed("nhub.messages.lag"));
  }

  @Test
  void message_whoseAcknowledgementIsLost_isCountedAsRedelivered() throws InterruptedException {
    subscribe(options().build());
    fake.inject(new BridgeFault.Drop(BridgeFault.Moment.PUBACK));
    uplinks(1);

    becomes(1, () -> counter("nhub.messages.redelivered"));
    becomes(2, () -> counter("nhub.messages.received"));
    fake.acks().take(SOON);
  }

  @Test
  void lag_ofAnOldMessage_isTheTimeSinceItsTimestamp() throws InterruptedException {
    subscribe(options().build());
    fake.publish(FakeMessage.uplink("METER-1").at(Instant.now().minusSeconds(3600)));

    becomes(1, () -> timed("nhub.messages.lag"));
    double seconds = registry.get("nhub.messages.lag").timer().max(TimeUnit.SECONDS);
    assertTrue(seconds >= 3600 && seconds < 3600 + SOON.toSeconds(), () -> "lag of " + seconds);
  }

  @Test
  void lag_ofAMessageFromTheFuture_isZeroAndCounted() throws InterruptedException {
    subscribe(options().build());
    fake.publish(FakeMessage.uplink("METER-1").at(Instant.now().plusSeconds(3600)));

    becomes(1, () -> timed("nhub.messages.lag"));
    assertEquals(0, registry.get("nhub.messages.lag").timer().totalTime(TimeUnit.SECONDS));
  }

  @Test
  void handlerTime_andAcknowledgement_includeTheWholeHandler() throws InterruptedException {
    AtomicLong inside = new AtomicLong();
    subscribe(
        ONE_RETRY,
        (message, delivery) -> {
          long begun = System.nanoTime();
          new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
          inside.set(System.nanoTime() - begun);
        });
    uplinks(1);

    becomes(1, () -> timed("nhub.messages.acknowledgement"));
    becomes(1, () -> timed("nhub.handler", "outcome", "success"));
    Timer handler = registry.get("nhub.handler").timer();
    Timer acknowledgement = registry.get("nhub.messages.acknowledgement").timer();
    assertTrue(handler.totalTime(TimeUnit.NANOSECONDS) >= inside.get(), handler::toString);
    assertTrue(
        acknowledgement.totalTime(TimeUnit.NANOSECONDS) >= inside.get(), acknowledgement::toString);
  }

  @Test
  void handlerTime_ofABatch_isOneCall() throws InterruptedException {
    nhub.subscribeBatches(options().build(), BatchOptions.of(4, Duration.ofMinutes(1)), batch -> {})
        .awaitConnected(SOON);
    uplinks(4);

    becomes(4, () -> timed("nhub.messages.acknowledgement"));
    becomes(1, () -> timed("nhub.handler", "outcome", "success"));
    assertEquals(4, timed("nhub.messages.queue"));
  }

  @Test
  void meters_ofThisSubscription_haveItsEnterpriseAndNoDevice() throws InterruptedException {
    subscribe(options().build());
    uplinks(1);
    becomes(1, () -> counter("nhub.messages.acknowledged"));

    registry.getMeters().stream()
        .map(meter -> meter.getId())
        .forEach(
            id -> {
              assertEquals("nnn.acme", id.getTag("enterprise"), id::toString);
              assertEquals("none", id.getTag("subscription"), id::toString);
              assertTrue(!id.toString().contains("METER-"), id::toString);
            });
  }
}
