package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One simulated device: its sensor, place and life, and what it sends of them. */
final class Device {
  private final int number;
  private final String id;
  private final String enterprise;
  private final DeviceModel model;
  private final Conditions conditions;
  private final Instant start;
  private final Place home;
  private final Sensor sensor;
  private final Life life;
  private final boolean undocumented;
  private boolean toJoin;
  private long lastTurn;

  Device(FleetOptions options, int number, Instant start) {
    this.number = number;
    this.id = id(options.seed(), number);
    this.enterprise = options.enterprise();
    this.model = options.models().get(number);
    this.conditions = options.conditions();
    this.start = start;
    this.toJoin = options.joins();
    Random random = new Random(new Dice(options.seed()).of("devices".hashCode()).of(number).key());
    this.home = Place.near(random);
    double volts = 3.4 + 0.2 * random.nextDouble();
    this.life = new Life(conditions, number, options.interval(), volts);
    this.undocumented = conditions.strikes(Phenomenon.UNKNOWN_FIELDS, number);
    this.sensor =
        switch (model) {
          case CLIMATE -> new ClimateSensor(random);
          case SOIL -> new SoilSensor(random);
          case WATER_METER -> new WaterMeter(random);
          case DOOR -> new DoorContact(random);
          case GPS_TRACKER -> new GpsTracker(random, home);
        };
  }

  /** An id that no other device of the fleet has, because each step can be undone. */
  private static String id(long seed, int number) {
    int mixed = number ^ (int) new Dice(seed).of("ids".hashCode()).key();
    mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
    return "70B3D57E" + HexFormat.of().withUpperCase().toHexDigits(mixed ^ mixed >>> 16);
  }

  int number() {
    return number;
  }

  String id() {
    return id;
  }

  /** Where it is installed. */
  Place home() {
    return home;
  }

  boolean moves() {
    return model == DeviceModel.GPS_TRACKER;
  }

  List<Silence> silences(Instant upTo) {
    return life.silences(id, start, Duration.between(start, upTo).toNanos());
  }

  /** What it sends at a turn: nothing when it is off, but time passes for it. */
  List<Frame> frames(Instant at, int turn) {
    long time = Duration.between(start, at).toNanos();
    Frame uplink = frame(MessageKind.UPLINK, at, turn, uplink(at, time, turn));
    toJoin |= life.restarts(lastTurn, time);
    lastTurn = time;
    if (life.isOff(time)) {
      return List.of();
    }
    List<Frame> frames = new ArrayList<>(1);
    if (toJoin) {
      frames.add(frame(MessageKind.JOIN, at, turn, message(FakeMessage.join(id), at, time)));
      toJoin = false;
    }
    frames.add(uplink);
    if (conditions.strikes(Phenomenon.DOWNLINKS, number, turn)) {
      FakeMessage confirmation = message(FakeMessage.downlink(id), at, time);
      frames.add(frame(MessageKind.DOWNLINK, at, turn, confirmation));
    }
    return frames;
  }

  /** Nobody has answered its join, so that it joins again at its next turn. */
  void joinAgain() {
    toJoin = true;
  }

  private Frame frame(MessageKind kind, Instant at, int turn, FakeMessage message) {
    return new Frame(kind, at, turn, sensor.place(home), message);
  }

  private FakeMessage message(FakeMessage message, Instant at, long time) {
    return message.at(life.clock(at, time)).deviceType(model.deviceType()).enterprise(enterprise);
  }

  private FakeMessage uplink(Instant at, long time, int turn) {
    FakeMessage read =
        sensor
            .read(message(FakeMessage.uplink(id), at, time), at)
            .reading("battery", Sensor.rounded(life.volts(time), 2), "V");
    FakeMessage full = sensor.place(home).of(read).rawPayload(Readings.encoded(read));
    return undocumented
        ? full.reading("rx_window", 1 + turn % 2, null)
            .field("frame_counter", turn)
            .field("firmware", Map.of("version", "2.4.1"))
        : full;
  }
}
