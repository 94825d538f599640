package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
  private static final Instant START = Instant.parse("2026-03-17T10:00:00Z");

  private final List<SubscriptionEvent> events = new ArrayList<>();
  private final SilenceWatch watch = new SilenceWatch(Duration.ofMinutes(10), events::add);

  /** Looks at a minute, with the minutes of subscription and last message, -1 for none. */
  private int look(int now, int subscribed, int lastMessage) {
    watch.look(minute(now), at(subscribed), at(lastMessage));
    return events.size();
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static @Nullable Instant at(int minute) {
    return minute < 0 ? null : minute(minute);
  }

  @Test
  void nothingEver_isToldOnceWithWhatToCheck() {
    assertEquals(0, look(9, 0, -1));
    assertEquals(1, look(10, 0, -1));
    assertEquals(1, look(500, 0, -1));

    SubscriptionEvent.Silent silent = (SubscriptionEvent.Silent) events.get(0);
    assertEquals(minute(10), silent.at());
    assertEquals(minute(0), silent.since());
    assertTrue(silent.hint().contains("enterprise code"), silent.hint());
  }

  @Test
  void eachSilence_isToldOnce_aMessageEndsIt() {
    assertEquals(0, look(14, 0, 5));
    assertEquals(1, look(15, 0, 5));
    assertEquals(1, look(20, 0, 5));
    assertEquals(1, look(29, 0, 20), "a message came");
    assertEquals(2, look(30, 0, 20));
    assertEquals(minute(20), ((SubscriptionEvent.Silent) events.get(1)).since());
  }

  @Test
  void reconnects_duringASilence_doNotRepeatIt() {
    assertEquals(1, look(10, 0, -1));
    assertEquals(1, look(30, 15, -1), "as a bridge does that ends connections by the hour");
    assertEquals(2, look(60, 45, 50));
  }

  @Test
  void notSubscribed_isNotSilence() {
    assertEquals(0, look(60, -1, -1));
    assertEquals(0, look(69, 60, -1), "counted from the subscription on");
    assertEquals(1, look(70, 60, -1));
  }
}
