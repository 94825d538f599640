package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.log.LogFixture;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reminders before a certificate expires, on a clock that may jump. */
class ExpiryWatchTest extends LogFixture {
  private static final Instant END = IDENTITY.expiresAt();

  private final List<Instant> reminders = new ArrayList<>();
  private final ExpiryWatch watch = new ExpiryWatch(event -> reminders.add(event.at()));

  private void look(Duration beforeTheEnd) {
    watch.look(END.minus(beforeTheEnd), IDENTITY);
  }

  @Test
  void look_dayByDay_remindsAt30And7And1Days() {
    for (int day = 43; day >= -3; day--) {
      for (int hour = 0; hour < 24; hour += 6) {
        look(Duration.ofDays(day).minusHours(hour));
      }
    }
    assertEquals(
        List.of(
            END.minus(Duration.ofDays(30)),
            END.minus(Duration.ofDays(7)),
            END.minus(Duration.ofDays(1))),
        reminders);
  }

  @Test
  void look_clockThatJumpsADayToAndFro_doesNotRepeat() {
    for (int i = 0; i < 100; i++) {
      look(Duration.ofDays(8));
      look(Duration.ofDays(7));
      look(Duration.ofDays(6));
    }
    assertEquals(2, reminders.size());
  }

  @Test
  void look_oneThatBeginsLate_isRemindedOfOnce() {
    look(Duration.ofDays(3));
    look(Duration.ofDays(3));
    assertEquals(1, reminders.size());
  }

  @Test
  void look_renewedCertificate_isRemindedOfAgain() {
    look(Duration.ofDays(3));
    try (FakeNHub fake = FakeNHub.start()) {
      ClientIdentity renewed = fake.identity();
      watch.look(renewed.expiresAt().minus(Duration.ofDays(31)), renewed);
      assertEquals(1, reminders.size());
      watch.look(renewed.expiresAt().minus(Duration.ofDays(29)), renewed);
      assertEquals(2, reminders.size());
    }
  }

  @Test
  void look_userNameAndToken_neverReminds() {
    watch.look(END, VirtualBridge.CREDENTIALS);
    assertEquals(List.of(), reminders);
  }

  @Test
  void subscription_withACertificateThatExpires_tellsInEventLogAndHealth() {
    EventRecorder recorder = new EventRecorder();
    VirtualBridge bridge = new VirtualBridge(time);
    SubscribeOptions options = SubscribeOptions.builder("nnn.acme").listener(recorder::add).build();
    RealSubscription subscription =
        bridge.open(
            new SubscriptionSpec(
                options,
                IDENTITY,
                (message, delivery) -> CompletableFuture.completedFuture(null),
                "virtual"),
            logger);
    time.runDue();
    bridge.accept();
    time.advance(Duration.ofDays(30));

    assertEquals(List.of("connected", "certificate_expires"), withoutSilence());
    assertFalse(subscription.health().detail().contains("expires"), "43 days less 30 are 13");
    time.advance(Duration.ofDays(7));
    assertTrue(
        subscription.health().detail().endsWith(" The certificate expires in 6 days."),
        subscription.health()::detail);
    assertTrue(subscription.health().ready());
    time.advance(Duration.ofDays(7));
    assertTrue(
        subscription.health().detail().contains(" The certificate expired "),
        subscription.health()::detail);
    assertEquals(3, withoutSilence().stream().filter("certificate_expires"::equals).count());
    recorder.assertHas(3, SubscriptionEvent.CertificateExpires.class);
  }

  private List<Object> withoutSilence() {
    return ids().stream().filter(id -> !id.equals("silent")).toList();
  }
}
