package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that send in other ways than one message after each interval. */
class HabitsTest extends LedgerFixture {
  private static final double SECOND = 1 / 60.0;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 12, 16, 20, 24})
  void device_thatSendsSeveralMessagesWheneverItWakes_losesNothingBetween(int messages) {
    Random random = new Random(messages);
    for (int wakeUp = 0; wakeUp < 400; wakeUp++) {
      passTo(15 * wakeUp);
      for (int message = 0; message < messages; message++) {
        uplink(15 * wakeUp + SECOND * (message + 0.2 * random.nextDouble()));
      }
    }
    ledger.tick();

    assertEquals(0, ledger.stats().missingInAll(), ledger.stats().toString());
    assertEquals(1, ledger.stats().irregular());
    assertTrue(events.size() <= 20, "told before it was known: " + events.size());
  }

  @Test
  void device_whoseTimesVaryByHalf_hasNoCadence() {
    Random random = new Random(1);
    double minute = 0;
    for (int i = 0; i < 5_000; i++) {
      minute += 0.5 + random.nextDouble();
      uplink(minute);
    }
    assertTrue(ledger.stats().missingInAll() < 300, ledger.stats().toString());
  }

  @Test
  void anotherMessageNowAndThen_isNoChangeOfCadence() {
    Random random = new Random(2);
    for (int minute = 0; minute < 10_000; minute++) {
      uplink(minute + 0.05 * random.nextDouble());
      if (minute % 144 == 50) {
        uplink(minute + 0.3);
      }
    }
    assertEquals(0, ledger.stats().missingInAll());
    assertEquals(1, ledger.stats().regular());
  }

  @Test
  void device_thatSendsLessThanOnceInDays_isNotFollowed() {
    for (int month = 0; month < 40; month++) {
      uplink(31.0 * 24 * 60 * month);
    }
    assertEquals(0, ledger.stats().regular());
  }
}
