package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A ledger in virtual time: minutes, with a device that sends one uplink a minute. */
class LedgerFixture {
  static final Instant START = Instant.parse("2026-03-17T00:00:00Z");
  static final String DEVICE = "METER-1";
  static final long MINUTE = 60_000;

  final List<SubscriptionEvent> events = new ArrayList<>();
  Instant now = START;
  final DeviceLedger ledger = ledger(GapOptions.ofDefaults());

  LedgerFixture() {
    ledger.connectionRestored(START, false);
  }

  DeviceLedger ledger(GapOptions options) {
    return new DeviceLedger(options, () -> now, events::add);
  }

  static Instant minute(double minute) {
    return START.plusMillis(Math.round(minute * MINUTE));
  }

  /** A look every five seconds, up to this minute. */
  void passTo(double minute) {
    while (now.isBefore(minute(minute))) {
      now = now.plus(GapWatch.PERIOD);
      ledger.tick();
    }
  }

  /** An uplink that arrives as it is sent. */
  void uplink(double minute) {
    uplink(minute, minute);
  }

  void uplink(double sent, double arrived) {
    uplink(DEVICE, minute(sent), minute(arrived));
  }

  void uplink(String device, Instant sent, Instant arrived) {
    now = arrived.isAfter(now) ? arrived : now;
    ledger.heard(device, arrived.toEpochMilli());
    ledger.uplink(device, sent.toEpochMilli(), arrived.toEpochMilli());
  }

  void uplinks(int from, int to) {
    for (int minute = from; minute <= to; minute++) {
      uplink(minute);
    }
  }

  Gap closed(int index) {
    return ((SubscriptionEvent.GapClosed) events.get(index)).gap();
  }

  Gap corrected(int index) {
    return ((SubscriptionEvent.GapCorrected) events.get(index)).gap();
  }

  Gap opened(int index) {
    return ((SubscriptionEvent.GapOpened) events.get(index)).gap();
  }

  static Gap gapOf(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.GapOpened opened) {
      return opened.gap();
    } else if (event instanceof SubscriptionEvent.GapClosed closed) {
      return closed.gap();
    }
    return ((SubscriptionEvent.GapCorrected) event).gap();
  }

  static Duration minutes(double minutes) {
    return Duration.ofMillis(Math.round(minutes * MINUTE));
  }
}
