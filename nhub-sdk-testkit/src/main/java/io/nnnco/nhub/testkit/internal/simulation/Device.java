package io.nnnco.nhub.testkit.internal.simulation;

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
  private final Random random;
  private final String id;
  private final DeviceModel model;
  private final Sensor sensor;
  private final Place place;
  private final double signal;
  private final String gateway;
  private double battery;
  private @Nullable Instant last;

  Device(long seed, int number, DeviceModel model) {
    // Random starts with similar numbers for similar seeds, so they are spread first.
    this.random = new Random((seed * 1_000_003 + number) * 0x9E3779B97F4A7C15L);
    this.id = String.format(Locale.ROOT, "70B3D57E%08X", random.nextInt());
    this.model = model;
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

  FakeMessage join(Instant at) {
    return radio(FakeMessage.join(id).at(at).deviceType(model.deviceType()));
  }

  FakeMessage uplink(Instant at) {
    battery -= 0.000_02 * SolarTime.hoursBetween(last, at);
    last = at;
    FakeMessage uplink = place.of(FakeMessage.uplink(id).at(at).deviceType(model.deviceType()));
    FakeMessage read = sensor.read(uplink, at).reading("battery", Sensor.rounded(battery, 2), "V");
    return radio(read).rawPayload(encoded(read));
  }

  private FakeMessage radio(FakeMessage message) {
    double rssi = Sensor.clamp(signal + 3 * random.nextGaussian(), -124, -40);
    double snr = Sensor.clamp((rssi + 122) / 4 + random.nextGaussian(), -18, 13);
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
