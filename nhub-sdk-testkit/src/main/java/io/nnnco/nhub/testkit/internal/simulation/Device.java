package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.FakeMessage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One simulated device: its sensor, battery, place and radio. */
final class Device {
  private final Dice dice;
  private final int number;
  private final String id;
  private final String enterprise;
  private final DeviceModel model;
  private final Sensor sensor;
  private final Place place;
  private final double signal;
  private final String gateway;
  private final boolean joins;
  private double battery;
  private @Nullable Instant last;

  Device(FleetOptions options, int number) {
    this.dice = new Dice(options.seed()).of("devices".hashCode()).of(number);
    this.number = number;
    this.enterprise = options.enterprise();
    this.model = options.models().get(number);
    this.joins = options.joins();
    Random random = new Random(dice.key());
    this.id = String.format(Locale.ROOT, "70B3D57E%08X", random.nextInt());
    this.place = Place.near(random);
    this.signal = -72 - 40 * random.nextDouble();
    this.gateway = String.format(Locale.ROOT, "GW%03d", 1 + random.nextInt(4));
    this.battery = 3.4 + 0.25 * random.nextDouble();
    this.sensor =
        switch (model) {
          case CLIMATE -> new ClimateSensor(random);
          case SOIL -> new SoilSensor(random);
          case WATER_METER -> new WaterMeter(random);
          case DOOR -> new DoorContact(random);
          case GPS_TRACKER -> new GpsTracker(random, place);
        };
  }

  int number() {
    return number;
  }

  String id() {
    return id;
  }

  /** What it sends at a turn. */
  List<Frame> frames(Instant at, int turn) {
    Frame uplink = new Frame(MessageKind.UPLINK, at, turn, uplink(at));
    return turn == 0 && joins
        ? List.of(new Frame(MessageKind.JOIN, at, turn, message(FakeMessage.join(id), at)), uplink)
        : List.of(uplink);
  }

  private FakeMessage uplink(Instant at) {
    battery -= 0.000_02 * SolarTime.hoursBetween(last, at);
    last = at;
    FakeMessage uplink = place.of(message(FakeMessage.uplink(id), at));
    FakeMessage read = sensor.read(uplink, at).reading("battery", Sensor.rounded(battery, 2), "V");
    return read.rawPayload(encoded(read));
  }

  private FakeMessage message(FakeMessage message, Instant at) {
    return message.at(at).deviceType(model.deviceType()).enterprise(enterprise);
  }

  /** A message of this device as its gateway passes it on. */
  FakeMessage radio(FakeMessage message, int frame) {
    Dice fading = dice.of(frame);
    double rssi = Sensor.clamp(signal + 3 * fading.gaussian(0), -124, -40);
    double snr = Sensor.clamp((rssi + 122) / 4 + fading.gaussian(1), -18, 13);
    return message.radio((int) Math.round(rssi), Sensor.rounded(snr, 1).doubleValue(), gateway);
  }

  /** The readings as a device would pack them: two bytes each, in tenths. */
  private static byte[] encoded(FakeMessage message) {
    List<?> readings = (List<?>) message.fields().get("readings");
    ByteBuffer bytes = ByteBuffer.allocate(readings == null ? 0 : 2 * readings.size());
    if (readings != null) {
      for (Object reading : readings) {
        Object value = ((Map<?, ?>) reading).get("value");
        double number =
            value instanceof Number measured
                ? measured.doubleValue()
                : Boolean.TRUE.equals(value) ? 1 : 0;
        bytes.putShort((short) Math.round(10 * number));
      }
    }
    return bytes.array();
  }
}
