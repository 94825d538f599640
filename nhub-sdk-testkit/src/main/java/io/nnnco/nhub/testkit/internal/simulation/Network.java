package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Transmission;
import io.nnnco.nhub.testkit.Transmission.Arrival;
import io.nnnco.nhub.testkit.Transmission.Fate;
import io.nnnco.nhub.testkit.internal.simulation.Gateways.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What becomes of frames between their devices and the platform. */
final class Network {
  private static final double LONGEST_DETOUR = 2e9;

  private final Conditions conditions;
  private final Instant start;
  private final double interval;
  private final Gateways gateways;
  private final List<List<Link>> links = new ArrayList<>();
  private final Air air;
  private final Backhaul backhaul;
  private final Dice fading;
  private final Alterations alterations;

  Network(FleetOptions options, List<Device> devices, Instant start) {
    this.conditions = options.conditions();
    this.start = start;
    this.interval = options.interval().toNanos();
    this.alterations = new Alterations(conditions);
    this.gateways = new Gateways(options.seed(), devices.size());
    this.fading = new Dice(options.seed()).of("fading".hashCode());
    double[] signals = new double[devices.size()];
    for (Device device : devices) {
      List<Link> near = gateways.near(device.home(), device.number());
      links.add(near);
      signals[device.number()] = near.get(0).signal();
    }
    this.air = new Air(conditions, signals, options.interval());
    this.backhaul = new Backhaul(options, gateways.size());
  }

  Transmission transmit(Device device, Frame frame) {
    long time = Duration.between(start, frame.at()).toNanos();
    if (air.loses(device.number(), frame.number(), time)) {
      return transmission(device, frame, Fate.LOST_ON_AIR, List.of());
    }
    List<Arrival> arrivals = new ArrayList<>(1);
    boolean onTime = false;
    long late = late(device, frame);
    for (Link link : receivers(device, frame)) {
      long passedOn = backhaul.passesOn(link.gateway(), time, device.number(), frame.number());
      if (passedOn != Backhaul.NEVER) {
        boolean second = onTime && passedOn == time;
        long at = passedOn + late + (second ? detour(device, frame, link) : 0);
        onTime |= passedOn == time;
        arrivals.add(new Arrival(start.plusNanos(at), received(device, frame, link)));
      }
    }
    if (arrivals.isEmpty()) {
      return transmission(device, frame, Fate.LOST_IN_OUTAGE, arrivals);
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return transmission(
        device, frame, onTime && late == 0 ? Fate.DELIVERED : Fate.DELAYED, arrivals);
  }

  private static Transmission transmission(
      Device device, Frame frame, Fate fate, List<Arrival> arrivals) {
    return new Transmission(device.id(), frame.kind(), frame.at(), fate, arrivals);
  }

  /** The gateways that receive a frame: one, unless it is duplicated. */
  private List<Link> receivers(Device device, Frame frame) {
    List<Link> near =
        device.moves() ? gateways.near(frame.place(), device.number()) : links.get(device.number());
    boolean several =
        frame.kind() != MessageKind.DOWNLINK
            && conditions.strikes(Phenomenon.DUPLICATES, device.number(), frame.number());
    if (!several) {
      return near.subList(0, 1);
    }
    Dice dice = conditions.dice(Phenomenon.DUPLICATES, device.number()).of(frame.number());
    return near.subList(0, dice.at(0) < 0.25 ? near.size() : 2);
  }

  /**
   * How much later the platform hears of it from a further gateway, mostly a fraction of a second.
   */
  private long detour(Device device, Frame frame, Link link) {
    Dice dice = conditions.dice(Phenomenon.DUPLICATES, device.number()).of(frame.number());
    double part = dice.at(1 + link.gateway());
    return (long) (LONGEST_DETOUR * Math.max(0.005, part * part * part));
  }

  private long late(Device device, Frame frame) {
    if (!conditions.strikes(Phenomenon.LATE_MESSAGES, device.number(), frame.number())) {
      return 0;
    }
    Dice dice = conditions.dice(Phenomenon.LATE_MESSAGES, device.number()).of(frame.number());
    return (long) (interval * (0.5 + 4.5 * dice.at(0)));
  }

  private FakeMessage received(Device device, Frame frame, Link link) {
    FakeMessage message = frame.message();
    if (frame.kind() != MessageKind.DOWNLINK) {
      Dice noise = fading.of(device.number()).of(link.gateway());
      double rssi =
          Sensor.clamp(link.signal() + 2.5 * noise.gaussian(2L * frame.number()), -124, -40);
      double margin = 12 * StrictMath.tanh((rssi + 116) / 18);
      double snr = Sensor.clamp(margin + noise.gaussian(2L * frame.number() + 1), -18, 13);
      message =
          message.radio(
              (int) Math.round(rssi),
              Sensor.rounded(snr, 1).doubleValue(),
              gateways.id(link.gateway()));
    }
    return alterations.in(message, device.number(), frame);
  }
}
