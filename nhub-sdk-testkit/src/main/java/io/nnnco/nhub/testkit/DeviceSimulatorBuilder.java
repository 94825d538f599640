package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.internal.simulation.Fleet;
import io.nnnco.nhub.testkit.internal.simulation.FleetOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Configures a {@link DeviceSimulator} before it starts. Not thread-safe. */
public final class DeviceSimulatorBuilder {
  private static final Duration SLOWEST = Duration.ofDays(366);
  private static final Duration LONGEST = SLOWEST.multipliedBy(100);

  private final InstantSource clock;
  private final Consumer<FakeMessage> publisher;
  private final Consumer<DeviceSimulator> started;
  private final List<DeviceModel> models = new ArrayList<>();
  private final List<FleetOptions.Outage> outages = new ArrayList<>();
  private final Map<Phenomenon, Double> phenomena = new EnumMap<>(Phenomenon.class);
  private String enterprise;
  private Duration interval = Duration.ofSeconds(10);
  private double rate;
  private double jitter = 0.1;
  private boolean joins;
  private long seed;

  DeviceSimulatorBuilder(
      String enterprise,
      InstantSource clock,
      Consumer<FakeMessage> publisher,
      Consumer<DeviceSimulator> started) {
    this.enterprise = enterprise;
    this.clock = clock;
    this.publisher = publisher;
    this.started = started;
  }

  /**
   * Sets the owner of the devices; by default, the fake's first enterprise.
   *
   * @param code the enterprise's code
   * @return this builder
   * @throws IllegalArgumentException if the code is not valid
   */
  public DeviceSimulatorBuilder enterprise(String code) {
    enterprise = Enterprise.of(code).code();
    return this;
  }

  /**
   * Adds devices, of all models in turn. By default, there are five.
   *
   * @param count the number of devices
   * @return this builder
   */
  public DeviceSimulatorBuilder devices(int count) {
    DeviceModel[] all = DeviceModel.values();
    for (int i = 0; i < requireCount(count); i++) {
      models.add(all[i % all.length]);
    }
    return this;
  }

  /**
   * Adds devices of one model.
   *
   * @param model the model
   * @param count the number of devices
   * @return this builder
   */
  public DeviceSimulatorBuilder devices(DeviceModel model, int count) {
    for (int i = 0; i < requireCount(count); i++) {
      models.add(model);
    }
    return this;
  }

  /**
   * Sets how often each device sends.
   *
   * @param time the time between two of its uplinks, at most a year; ten seconds by default
   * @return this builder
   */
  public DeviceSimulatorBuilder every(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("A time above zero is needed, not " + time + ".");
    }
    interval = requireAYear(time);
    rate = 0;
    return this;
  }

  /**
   * Sets how often the fleet as a whole sends, instead of {@link #every}.
   *
   * @param perSecond uplinks per second, above zero and at most a million
   * @return this builder
   */
  public DeviceSimulatorBuilder rate(double perSecond) {
    rate = requireRate(perSecond);
    return this;
  }

  /**
   * Sets how irregular each device is. A tenth of it is a cadence of its own, as no two oscillators
   * are equal.
   *
   * @param share how much of the time between two uplinks it may be early or late, 0 to 1; 0.1 by
   *     default
   * @return this builder
   */
  public DeviceSimulatorBuilder jitter(double share) {
    jitter = requireShare(share);
    return this;
  }

  /**
   * Switches on something that happens in the field.
   *
   * @param phenomenon what happens
   * @param share of what the {@link Phenomenon} says, 0 to 1; 0 switches it off
   * @return this builder
   * @throws IllegalArgumentException if the share is not 0 to 1
   */
  public DeviceSimulatorBuilder with(Phenomenon phenomenon, double share) {
    phenomena.put(Objects.requireNonNull(phenomenon, "phenomenon"), requireShare(share));
    return this;
  }

  /**
   * Switches on all that happens in the field, as often as it does {@linkplain
   * Phenomenon#inTheField() there}. What {@link #with} sets afterwards has precedence.
   *
   * @return this builder
   */
  public DeviceSimulatorBuilder realistic() {
    for (Phenomenon phenomenon : Phenomenon.values()) {
      phenomena.put(phenomenon, phenomenon.inTheField());
    }
    return this;
  }

  /**
   * Adds a period in which all gateways are down; what is sent in it is lost.
   *
   * @param after how long after the start it begins, not negative
   * @param length how long it lasts, above zero
   * @return this builder
   * @throws IllegalArgumentException if one of them is not, or more than a hundred years
   */
  public DeviceSimulatorBuilder outage(Duration after, Duration length) {
    if (length.isZero()) {
      throw new IllegalArgumentException("An outage must last longer than " + length + ".");
    }
    outages.add(new FleetOptions.Outage(requireTime(after), requireTime(length)));
    return this;
  }

  /**
   * Makes each device join before its first uplink. A join that is lost is repeated at the next
   * turn, and nothing else is sent before one is heard.
   *
   * @return this builder
   */
  public DeviceSimulatorBuilder joins() {
    joins = true;
    return this;
  }

  /**
   * Sets the seed for the devices and their readings; the same seed gives the same at the same
   * times. Fleets of one seed also have the same device ids, so give a second fleet in a fake
   * another one.
   *
   * @param number any number; 0 by default
   * @return this builder
   */
  public DeviceSimulatorBuilder seed(long number) {
    seed = number;
    return this;
  }

  /**
   * Returns what the fleet would publish, without publishing it.
   *
   * @param from when it would start
   * @param time how long it would run, at most a hundred years
   * @return the messages in order; the same on each call
   */
  public List<FakeMessage> preview(Instant from, Duration time) {
    Fleet fleet = new Fleet(options(), from);
    Instant until = from.plus(requireTime(time));
    List<FakeMessage> messages = new ArrayList<>();
    Transmission.Arrival next = fleet.poll(until);
    while (next != null) {
      messages.add(next.message());
      next = fleet.poll(until);
    }
    return List.copyOf(messages);
  }

  /**
   * Returns what the devices would send, and what would become of it, without publishing anything:
   * all arrivals of it by the end, in the order of their times, are the {@link #preview}.
   *
   * @param from when the fleet would start
   * @param time how long it would run, at most a hundred years
   * @return the transmissions in the order in which they are sent, with those of their arrivals
   *     that come after the end; the same on each call
   */
  public List<Transmission> transmissions(Instant from, Duration time) {
    return new Fleet(options(), from).transmissions(from.plus(requireTime(time)));
  }

  /**
   * Returns when devices would be silent, so that there are no {@link #transmissions}.
   *
   * @param from when the fleet would start
   * @param time how long it would run, at most a hundred years
   * @return the silences that begin by the end, by device and time; the same on each call
   */
  public List<Silence> silences(Instant from, Duration time) {
    return new Fleet(options(), from).silences(from.plus(requireTime(time)));
  }

  /**
   * Starts sending.
   *
   * @return the running simulator; closing the fake closes it, too
   */
  public DeviceSimulator start() {
    Instant now = clock.instant();
    DeviceSimulator simulator =
        new DeviceSimulator(new Fleet(options(), now), now, clock, publisher);
    started.accept(simulator);
    simulator.begin();
    return simulator;
  }

  private FleetOptions options() {
    List<DeviceModel> all = models.isEmpty() ? List.of(DeviceModel.values()) : models;
    Duration each = rate > 0 ? interval(all.size(), rate) : interval;
    return new FleetOptions(enterprise, all, each, jitter, joins, outages, phenomena, seed);
  }

  /** How often each of so many devices sends if all together send so much. */
  static Duration interval(int devices, double perSecond) {
    double nanos = devices / requireRate(perSecond) * 1e9;
    return requireAYear(Duration.ofNanos(Math.max(1, Math.round(nanos))));
  }

  private static Duration requireAYear(Duration each) {
    if (each.compareTo(SLOWEST) > 0) {
      throw new IllegalArgumentException(
          "Each device must send at least once in " + SLOWEST + ", not in " + each + ".");
    }
    return each;
  }

  private static double requireRate(double perSecond) {
    if (!(perSecond > 0 && perSecond <= 1_000_000)) {
      throw new IllegalArgumentException(
          "A rate above zero and of at most a million is needed, not " + perSecond + ".");
    }
    return perSecond;
  }

  /** As long as nanoseconds can count it, with what is still on its way at the end. */
  private static Duration requireTime(Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A time of zero to a hundred years is needed, not " + time + ".");
    }
    return time;
  }

  private static int requireCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("At least one device is needed, not " + count + ".");
    }
    return count;
  }

  private static double requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share of 0 to 1 is needed, not " + share + ".");
    }
    return share;
  }
}
