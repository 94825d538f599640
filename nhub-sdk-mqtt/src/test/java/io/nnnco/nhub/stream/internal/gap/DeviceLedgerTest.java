package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.gap.DeviceGaps;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceLedgerTest extends LedgerFixture {
  @Test
  void uplink_afterLostOnes_isAGap() {
    uplinks(0, 20);
    uplink(24);

    assertEquals(
        new Gap(DEVICE, minute(20), minute(24), 3, minutes(1), GapCause.FRAMES_LOST), closed(0));
    assertEquals(1, events.size());
    assertEquals(3, ledger.stats().missing(GapCause.FRAMES_LOST));
    assertEquals(1, ledger.stats().gaps());
  }

  @Test
  void gap_beforeTheCadenceIsKnown_isToldWhenItIs() {
    uplinks(0, 3);
    uplinks(6, 12);
    assertEquals(List.of(), events);
    uplinks(13, 20);

    assertEquals(minute(3), closed(0).from());
    assertEquals(2, closed(0).missing());
    assertEquals(1, events.size());
  }

  @Test
  void device_thatStopsSending_isSilent_untilItSendsAgain() {
    uplinks(0, 20);
    passTo(23.9);
    assertEquals(List.of(), events);
    passTo(24.2);
    assertEquals(minute(20), opened(0).from());
    assertNull(opened(0).to());
    assertEquals(GapCause.DEVICE_SILENT, opened(0).cause());
    assertEquals(List.of(opened(0).from()), ledger.silent().stream().map(Gap::from).toList());

    uplink(60);

    assertEquals(
        new Gap(DEVICE, minute(20), minute(60), 39, minutes(1), GapCause.DEVICE_SILENT), closed(1));
    assertEquals(2, events.size());
    assertEquals(0, ledger.stats().silent());
  }

  @Test
  void device_whoseMessagesWaitForTheirTurn_isNotSilent() {
    uplinks(0, 20);
    for (int minute = 21; minute < 60; minute++) {
      passTo(minute);
      ledger.heard(DEVICE, minute(minute).toEpochMilli());
    }
    assertEquals(List.of(), events);
  }

  @Test
  void lateMessages_inAnyOrder_fillTheGap() {
    uplinks(0, 20);
    uplink(26);
    assertEquals(5, closed(0).missing());
    for (int late : new int[] {23, 21, 25, 22, 22, 24}) {
      uplink(late, 27);
    }
    ledger.tick();

    assertEquals(
        new Gap(DEVICE, minute(20), corrected(1).to(), 0, minutes(1), GapCause.DEVICE_SILENT),
        corrected(1));
    assertEquals(0, ledger.stats().missingInAll());
    assertEquals(0, ledger.stats().gaps());
    assertEquals(5, ledger.stats().filled());
    DeviceGaps device = ledger.device(DEVICE).orElseThrow();
    assertEquals(1, device.duplicates());
    assertEquals(5, device.late());
    assertEquals(List.of(), device.gaps());
  }

  @Test
  void lateMessage_thatFillsAPart_leavesTheRest() {
    uplinks(0, 20);
    uplink(26);
    uplink(23, 27);
    ledger.tick();
    ledger.tick();

    assertEquals(minute(20), corrected(1).from());
    assertEquals(minute(26), corrected(1).to());
    assertEquals(4, corrected(1).missing());
    assertEquals(2, events.size(), "told once");
    assertEquals(4, ledger.device(DEVICE).orElseThrow().missing());
  }

  @Test
  void backlog_inOrder_endsASilenceInWhichNothingIsMissing() {
    uplinks(0, 20);
    passTo(40);
    for (int held = 21; held <= 40; held++) {
      uplink(held, 40.5);
    }
    uplinks(41, 50);

    assertEquals(0, closed(1).missing());
    assertEquals(2, events.size());
    assertEquals(0, ledger.stats().missingInAll());
  }

  @Test
  void copies_areCounted_andAreNoMessages() {
    uplinks(0, 20);
    uplink(20, 20.02);
    uplink(17, 20.03);
    uplinks(21, 22);

    assertEquals(2, ledger.stats().duplicates());
    assertEquals(23, ledger.stats().uplinks());
    assertEquals(List.of(), events);
  }

  @Test
  void clock_thatIsResetTo1970_makesNoGapOfYears() {
    uplinks(0, 20);
    for (int minute = 21; minute < 40; minute++) {
      uplink(DEVICE, Instant.ofEpochSecond(60L * minute), minute(minute));
    }
    uplinks(40, 60);
    uplink(62);

    assertEquals(1, events.size());
    assertEquals(minute(60), closed(0).from());
    assertEquals(1, closed(0).missing());
    assertEquals(62, ledger.stats().uplinks());
    assertEquals(0, ledger.stats().late());
  }

  @Test
  void gap_duringAClockReset_isFoundByTheTimeOfArrival() {
    uplinks(0, 20);
    for (int minute = 31; minute < 40; minute++) {
      uplink(DEVICE, Instant.ofEpochSecond(60L * minute), minute(minute));
    }
    uplinks(45, 50);

    assertEquals(10, closed(0).missing());
    assertEquals(minute(20), closed(0).from());
    assertEquals(minute(31), closed(0).to());
    assertEquals(5, closed(1).missing());
    assertEquals(2, events.size());
  }

  @Test
  void slowerCadence_takesBackTheGapsThatWereNone() {
    uplinks(0, 20);
    for (int minute = 25; minute <= 100; minute += 5) {
      uplink(minute);
    }
    ledger.tick();
    assertEquals(minutes(5), ledger.device(DEVICE).orElseThrow().cadence());
    assertEquals(0, ledger.stats().missingInAll());
    assertEquals(0, ledger.stats().gaps());
    assertEquals(0, corrected(events.size() - 1).missing());

    uplink(110);
    assertEquals(1, closed(events.size() - 1).missing());
  }

  @Test
  void fasterCadence_isLearned() {
    for (int minute = 0; minute <= 100; minute += 5) {
      uplink(minute);
    }
    uplinks(101, 130);
    uplink(133);

    assertEquals(minutes(1), ledger.device(DEVICE).orElseThrow().cadence());
    assertEquals(2, closed(0).missing());
    assertEquals(1, events.size());
  }

  @Test
  void device_thatLosesHalfOfItsMessages_hasItsCadence() {
    Random random = new Random(5);
    int lost = 0;
    for (int minute = 0; minute < 2_000; minute++) {
      boolean arrives = random.nextBoolean() || minute == 0 || minute == 1_999;
      lost += arrives ? 0 : 1;
      if (arrives) {
        uplink(minute + 0.1 * random.nextDouble());
      }
    }
    Duration cadence = ledger.device(DEVICE).orElseThrow().cadence();
    assertTrue(cadence != null && Math.abs(cadence.toMillis() - MINUTE) < 2_000, cadence + "");
    assertTrue(ledger.stats().missingInAll() > 0.95 * lost, lost + " " + ledger.stats());
    assertTrue(ledger.stats().missingInAll() <= lost, lost + " " + ledger.stats());
  }

  @Test
  void device_thatSendsOnEvents_hasNoGaps() {
    Random random = new Random(7);
    double minute = 0;
    for (int i = 0; i < 20_000; i++) {
      minute -= Math.log(1 - random.nextDouble());
      uplink(minute);
    }
    ledger.tick();

    assertTrue(ledger.stats().missingInAll() < 20, ledger.stats().toString());
    assertEquals(1, ledger.stats().irregular());
  }

  @Test
  void devices_thatJoinAgain_wereSilent() {
    uplinks(0, 20);
    ledger.joined(DEVICE, minute(22).toEpochMilli());
    uplink(22.01);

    assertEquals(GapCause.DEVICE_SILENT, closed(0).cause());
  }

  @Test
  void clock_thatStandsStill_isNotFollowed() {
    uplinks(0, 20);
    for (int minute = 21; minute < 60; minute++) {
      uplink(20, minute);
      passTo(minute);
    }
    assertEquals(List.of(), events);
    assertEquals(39, ledger.stats().duplicates());
  }
}
