package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Silence;
import io.nnnco.nhub.testkit.internal.simulation.Periods.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When a device is on, and what its clock and battery show. Times are nanoseconds since start. */
final class Life {
  private static final int MEAN_SILENCE = 20;

  private final Periods silences;
  private final Battery battery;
  private final DeviceClock clock;

  Life(Conditions conditions, int device, Duration interval, double volts) {
    silences =
        new Periods(conditions, Phenomenon.SILENCE, device, interval.multipliedBy(MEAN_SILENCE));
    battery = new Battery(conditions, device, interval, volts);
    clock = new DeviceClock(conditions, device, interval);
  }

  boolean isOff(long time) {
    return battery.isEmpty(time) || silences.at(time) != null;
  }

  /** Whether it has begun anew, or was off, between one time and another. */
  boolean restarts(long after, long upTo) {
    return (clock.resetAt() > after && clock.resetAt() <= upTo)
        || (battery.emptyAt() <= upTo && battery.renewedAt() > after)
        || silences.meet(after, upTo);
  }

  double volts(long time) {
    return battery.volts(time, clock.resetAt() <= time ? clock.resetAt() : 0);
  }

  /** What the device takes for the time. */
  Instant clock(Instant now, long sinceStart) {
    return clock.shows(now, sinceStart);
  }

  /** When it is off, if that begins up to this time; periods that touch are one. */
  List<Silence> silences(String device, Instant start, long upTo) {
    List<Period> periods = new ArrayList<>();
    Period next = silences.number(0);
    while (next != null && next.from() <= upTo) {
      periods.add(next);
      next = silences.number(next.number() + 1);
    }
    if (battery.emptyAt() <= upTo) {
      periods.add(new Period(0, battery.emptyAt(), battery.renewedAt()));
    }
    periods.sort(Comparator.comparingLong(Period::from));
    return merged(periods).stream()
        .map(
            period ->
                new Silence(
                    device,
                    start.plusNanos(period.from()),
                    period.until() == Long.MAX_VALUE ? null : start.plusNanos(period.until())))
        .toList();
  }

  private static List<Period> merged(List<Period> periods) {
    List<Period> merged = new ArrayList<>();
    for (Period period : periods) {
      Period last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && period.from() <= last.until()) {
        long until = Math.max(last.until(), period.until());
        merged.set(merged.size() - 1, new Period(last.number(), last.from(), until));
      } else {
        merged.add(period);
      }
    }
    return merged;
  }
}
