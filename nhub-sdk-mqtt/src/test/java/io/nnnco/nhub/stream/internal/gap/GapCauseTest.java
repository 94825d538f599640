package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.GapCause;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapCauseTest extends LedgerFixture {
  private void outage(double from, double to, boolean sessionPresent) {
    ledger.connectionLost(minute(from), minute(from - 2));
    passTo(to);
    ledger.connectionRestored(minute(to), sessionPresent);
  }

  @Test
  void gap_inAnOutageThatLostTheSession_isOfIt() {
    uplinks(0, 20);
    outage(20.5, 25.5, false);
    uplinks(26, 30);

    assertEquals(GapCause.SESSION_LOST, closed(0).cause());
    assertEquals(5, closed(0).missing());
    assertEquals(1, events.size());
  }

  @Test
  void gap_inAnOutageWithTheSession_isOfTheConnection() {
    uplinks(0, 20);
    outage(20.5, 25.5, true);
    uplinks(26, 30);

    assertEquals(GapCause.CONNECTION_OUTAGE, closed(0).cause());
  }

  @Test
  void gap_amongMessagesThatTheBridgeHasKept_isNotOfTheConnection() {
    uplinks(0, 20);
    outage(20.5, 25.5, true);
    uplink(21, 25.5);
    uplink(22, 25.5);
    uplink(24, 25.5);
    uplinks(25, 30);

    assertEquals(GapCause.FRAMES_LOST, closed(0).cause());
    assertEquals(1, closed(0).missing());
    assertEquals(1, events.size());
  }

  @Test
  void gap_besideAnOutage_isNotOfIt() {
    uplinks(0, 20);
    outage(20.1, 20.2, false);
    uplink(22);

    assertEquals(GapCause.FRAMES_LOST, closed(0).cause());
  }

  @Test
  void gap_muchLongerThanTheOutage_isNotOfIt() {
    uplinks(0, 20);
    outage(21, 22, false);
    uplink(60);

    assertEquals(GapCause.DEVICE_SILENT, closed(events.size() - 1).cause());
  }

  @Test
  void outage_isNoSilence_andGivesDevicesTimeAfterwards() {
    uplinks(0, 20);
    outage(20.5, 60, true);
    passTo(63.9);
    assertEquals(List.of(), events);
    passTo(65);
    assertEquals(minute(20), opened(0).from());
  }

  @Test
  void messagesThatWaitAtTheBridge_areNoSilence() {
    uplinks(0, 20);
    while (now.isBefore(minute(60))) {
      passTo((now.toEpochMilli() - START.toEpochMilli() + 5_000) / (double) MINUTE);
      ledger.notListening();
    }
    assertEquals(List.of(), events);
  }

  @Test
  void manyDevices_silentAtTheSameTime_shareACause() {
    for (int minute = 0; minute <= 20; minute++) {
      for (int device = 0; device < 20; device++) {
        uplink("METER-" + device, minute(minute + device / 20.0), minute(minute + device / 20.0));
      }
    }
    for (int minute = 21; minute <= 40; minute++) {
      for (int device = 8; device < 20; device++) {
        passTo(minute + device / 20.0);
        uplink("METER-" + device, minute(minute + device / 20.0), minute(minute + device / 20.0));
      }
    }
    for (int device = 0; device < 8; device++) {
      uplink("METER-" + device, minute(41 + device / 20.0), minute(41 + device / 20.0));
    }

    List<GapCause> causes =
        events.stream()
            .filter(SubscriptionEvent.GapClosed.class::isInstance)
            .map(event -> ((SubscriptionEvent.GapClosed) event).gap().cause())
            .toList();
    assertEquals(8, causes.size());
    assertEquals(List.of(GapCause.SHARED), causes.stream().distinct().toList());
  }
}
