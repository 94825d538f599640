package io.nnnco.nhub.stream.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualBridge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics are what their senders like, and the bridge's words what it likes: lines are safe. */
class HostileLogTest extends LogFixture {
  private static final String HOSTILE =
      "x\r\nERROR forged\u001b[31m\u009b2J\u202e\u2028" + "y".repeat(60_000);

  private final TestDelivery delivery = new TestDelivery(HOSTILE, "{}");

  private void assertHarmless() {
    for (RecordingLogger.Line line : logger.lines()) {
      assertHarmless(line.text());
      line.fields().values().forEach(value -> assertHarmless("" + value));
    }
    assertTrue(last().text().contains("ERROR forged [31m 2J yyy"), last()::text);
  }

  private static void assertHarmless(String text) {
    assertFalse(text.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"), text);
    assertTrue(text.length() < 700, () -> text.length() + " characters");
  }

  @Test
  void deviceId_ofADiscardedMessage_isHarmless() {
    tell(
        new SubscriptionEvent.MessageFailed(
            now(), new FailedMessage(delivery, new IOException("no"), 1), LastResort.SKIP));
    assertHarmless();
  }

  @Test
  void deviceId_ofAMessageThatIsHandedOver_isHarmless() {
    tell(
        new SubscriptionEvent.MessageFailed(
            now(),
            new FailedMessage(delivery, new IOException("no"), 1),
            new LastResort.HandOver(failure -> {})));
    assertHarmless();
  }

  @Test
  void deviceId_ofAFailingHandler_isHarmless_inTheLineAndInTheSum() {
    for (int i = 0; i < 2; i++) {
      tell(
          new SubscriptionEvent.HandlerRetry(
              now(), delivery, new IOException("no"), 1, Duration.ZERO));
    }
    time.advance(Repetitions.PERIOD);
    assertEquals(List.of("handler_failed", "handler_failures_repeated"), ids());
    assertHarmless();
  }

  @Test
  void exceptionOfTheUsers_isOneLine() {
    handlerFails(new IOException(HOSTILE));
    tell(new SubscriptionEvent.HandlerOutageBegan(now(), new IOException(HOSTILE), 3));
    assertHarmless();
  }

  @Test
  void wordsOfTheBridge_areHarmless() {
    tell(new SubscriptionEvent.SessionTerms(now(), Duration.ZERO, HOSTILE));
    assertHarmless();
    tell(new SubscriptionEvent.FormerFiltersDropped(now(), List.of(HOSTILE)));
    assertHarmless();
    tell(new SubscriptionEvent.TimestampUnitSuspected(now(), HOSTILE, now(), 1_000));
    assertHarmless();
  }

  @Test
  void userNameAndToken_areNamedAndNotShown() {
    log.connectedWith(MqttVersion.MQTT_5, VirtualBridge.CREDENTIALS);
    connect();
    assertTrue(last().text().endsWith("with user name and token"), last()::text);
    assertFalse(last().fields().containsKey("nhub.certificate_days"));
  }
}
