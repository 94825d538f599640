package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Transmission;
import io.nnnco.nhub.testkit.Transmission.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of the frames between a device and the platform. */
final class Network {
  private final Conditions conditions;
  private final List<FleetOptions.Outage> outages;
  private final Instant start;

  Network(FleetOptions options, Instant start) {
    this.conditions = options.conditions();
    this.outages = options.outages();
    this.start = start;
  }

  Transmission transmit(Device device, Frame frame) {
    Duration sinceStart = Duration.between(start, frame.at());
    if (conditions.strikes(Phenomenon.LOSS, device.number(), frame.number())) {
      return transmission(device, frame, Fate.LOST_ON_AIR, List.of());
    } else if (outages.stream().anyMatch(outage -> outage.covers(sinceStart))) {
      return transmission(device, frame, Fate.LOST_IN_OUTAGE, List.of());
    }
    Transmission.Arrival arrival =
        new Transmission.Arrival(frame.at(), device.radio(frame.message(), frame.number()));
    return transmission(device, frame, Fate.DELIVERED, List.of(arrival));
  }

  private static Transmission transmission(
      Device device, Frame frame, Fate fate, List<Transmission.Arrival> arrivals) {
    return new Transmission(device.id(), frame.kind(), frame.at(), fate, arrivals);
  }
}
