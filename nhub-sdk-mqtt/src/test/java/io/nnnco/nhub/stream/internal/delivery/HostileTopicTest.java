package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A topic is what its sender likes: the user reads it as it is, and logs and errors are safe. */
class HostileTopicTest {
  private static final String HOSTILE =
      "x\r\nERROR forged\u001b[31m\u009b2J\u202e\u2028" + "y".repeat(60_000);
  private static final Instant NOW = Instant.parse("2026-03-17T00:00:00Z");

  private final List<NHubException> stops = new ArrayList<>();
  private final FailedMessage failure =
      new FailedMessage(
          Received.at(NOW, new InboundMessage(HOSTILE, "{}".getBytes(UTF_8), false, 1)),
          new IllegalStateException("no"),
          1);

  private static void assertHarmless(String text) {
    assertFalse(text.strip().matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"), text);
    assertTrue(text.contains("ERROR forged [31m 2J yyy"), text);
    assertTrue(text.length() < 700, () -> text.length() + " characters");
  }

  private void deal(FailurePolicy policy) {
    DeliveryListener listener =
        new DeliveryListener() {
          @Override
          public void onEvent(SubscriptionEvent event) {}

          @Override
          public void onStop(NHubException cause) {
            stops.add(cause);
          }
        };
    new LastResorts(policy, new Counters(), listener, () -> NOW).deal(failure);
  }

  @Test
  void failedHandler_itsTopic_isHarmlessInTheError() {
    deal(FailurePolicy.ofDefaults().thenStop());
    assertHarmless("" + stops.get(0).getMessage());
  }

  @Test
  void delivery_toString_isHarmless_andItsTopicIsWhatCame() {
    assertEquals(HOSTILE, failure.delivery().topic());
    assertHarmless(failure.delivery().toString());
    assertHarmless(new SubscriptionEvent.MessageFailed(NOW, failure, LastResort.SKIP).toString());
  }

  @Test
  void events_withTextOfTheBridge_areHarmless() {
    assertHarmless(new SubscriptionEvent.SessionTerms(NOW, Duration.ZERO, HOSTILE).toString());
    assertHarmless(new SubscriptionEvent.FormerFiltersDropped(NOW, List.of(HOSTILE)).toString());
  }
}
