package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong, or are set: the device's, or ours. */
class ClockStepsTest extends LedgerFixture {
  @ParameterizedTest
  @ValueSource(doubles = {-60, -59.7, -0.6, 0.6, 60, 100_000})
  void deviceClock_thatIsSet_makesNoGapAndNotEverythingLate(double minutes) {
    for (int minute = 0; minute < 300; minute++) {
      uplink(minute + (minute > 100 ? minutes : 0), minute + 0.01);
      passTo(minute + 0.5);
    }
    assertEquals(List.of(), events);
    assertTrue(ledger.stats().late() < 3, ledger.stats().toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-60, 60, 5})
  void ourClock_thatIsSet_makesNoGapAndNotEverythingLate(double minutes) {
    for (int minute = 0; minute < 300; minute++) {
      double ours = minute + (minute > 100 ? minutes : 0);
      now = minute(ours);
      ledger.tick();
      uplink(minute, ours + 0.01);
      passTo(ours + 0.9);
    }
    assertEquals(List.of(), events);
    assertTrue(ledger.stats().late() < 3, ledger.stats().toString());
  }

  @Test
  void timestampsInSeconds_makeNoSilence() {
    for (int minute = 0; minute < 300; minute++) {
      passTo(minute);
      uplink(DEVICE, Instant.ofEpochMilli(minute(minute).getEpochSecond()), minute(minute));
    }
    passTo(400);
    assertTrue(events.size() <= 1, events.toString());
    assertEquals(0, ledger.stats().missingInAll());
    assertEquals(0, ledger.stats().regular());
  }

  /** As if a laptop was closed: nobody looks, and nothing arrives. */
  private void sleep(double from, double to) {
    passTo(from);
    now = minute(to);
  }

  @Test
  void sleepOfThisMachine_isNoSilenceOfTheDevices() {
    uplinks(0, 20);
    sleep(20.5, 200);
    ledger.tick();
    assertEquals(List.of(), events);

    passTo(203.9);
    assertEquals(List.of(), events);
    passTo(204.2);
    assertEquals(1, events.size());
  }

  @Test
  void messagesSentWhileThisMachineSlept_wereLostByTheConnection() {
    uplinks(0, 20);
    sleep(20.5, 200);
    ledger.tick();
    passTo(200.5);
    ledger.connectionLost(now, now.minusSeconds(120));
    passTo(201.5);
    ledger.connectionRestored(now, false);
    uplink(202);

    assertEquals(GapCause.SESSION_LOST, closed(0).cause());
    assertEquals(181, closed(0).missing());
  }

  @Test
  void gap_keepsItsName_howeverLongMessagesAreOnTheirWay() {
    Random random = new Random(2);
    for (int minute = 0; minute < 3_000; minute++) {
      boolean silent = minute % 100 >= 20 && minute % 100 < 30;
      if (!silent) {
        passTo(minute);
        uplink(minute, minute + 0.015 * random.nextDouble());
      } else if (minute % 100 == 29) { // One of them comes late, when the gap has an end.
        passTo(minute);
        final double late = minute - 4;
        uplink(minute + 1, minute + 1.01);
        uplink(late, minute + 1.02);
        passTo(minute + 1.2);
      }
    }
    Instant name = Instant.MIN;
    int told = 0;
    for (SubscriptionEvent event : events) {
      Gap gap = gapOf(event);
      if (event instanceof SubscriptionEvent.GapOpened) {
        name = gap.from();
      }
      assertEquals(name, gap.from(), event.toString());
      told++;
    }
    assertTrue(told >= 60, "told " + told);
  }
}
