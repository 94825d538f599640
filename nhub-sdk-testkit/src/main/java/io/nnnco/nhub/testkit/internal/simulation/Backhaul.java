package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.internal.simulation.Periods.Period;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When gateways pass on what they receive. Times are nanoseconds since the start. */
final class Backhaul {
  /** When a gateway passes on what it never received. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MEAN_LENGTH = 20;

  /** How long a burst lasts, as a part of its period, which ends with it. */
  private static final double BURST = 0.02;

  private record Gateway(Periods down, Periods backlogs, Periods shuffled) {}

  private final List<FleetOptions.Outage> outages;
  private final List<Gateway> gateways = new ArrayList<>();
  private final Dice order;

  Backhaul(FleetOptions options, int gateways) {
    this.outages = options.outages();
    this.order = options.conditions().dice(Phenomenon.SHUFFLED_BACKLOGS, -1);
    for (int number = 0; number < gateways; number++) {
      this.gateways.add(
          new Gateway(
              periods(options, Phenomenon.GATEWAY_OUTAGES, number),
              periods(options, Phenomenon.BACKLOGS, number),
              periods(options, Phenomenon.SHUFFLED_BACKLOGS, number)));
    }
  }

  private static Periods periods(FleetOptions options, Phenomenon phenomenon, int gateway) {
    Duration mean = options.interval().multipliedBy(MEAN_LENGTH);
    return new Periods(options.conditions(), phenomenon, gateway, mean);
  }

  /** When a gateway passes on a frame that it receives at a time. */
  long passesOn(int number, long time, int device, int frame) {
    Duration sinceStart = Duration.ofNanos(time);
    Gateway gateway = gateways.get(number);
    if (gateway.down().at(time) != null
        || outages.stream().anyMatch(outage -> outage.covers(sinceStart))) {
      return NEVER;
    }
    Period backlog = gateway.backlogs().at(time);
    Period shuffled = gateway.shuffled().at(time);
    long inOrder = backlog == null ? time : inBurst(backlog, backlog.part(time));
    long inAnyOrder = shuffled == null ? time : inBurst(shuffled, order.of(device).at(frame));
    return Math.max(time, Math.max(inOrder, inAnyOrder));
  }

  private static long inBurst(Period period, double part) {
    return period.until() - (long) (BURST * (1 - part) * (period.until() - period.from()));
  }
}
