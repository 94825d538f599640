package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle: drives at town speed, mostly by day, turns now and then, stops, stays around its
 * depot. The speed that it reports is its mean since the last report.
 */
final class GpsTracker implements Sensor {
  private static final double RANGE_KM = 30;
  private static final double LONGEST_DRIVE_HOURS = 0.25;

  private final Random random;
  private final Place depot;
  private double eastKm;
  private double northKm;
  private double heading;
  private double pace = 40;
  private @Nullable Instant last;

  GpsTracker(Random random, Place depot) {
    this.random = random;
    this.depot = depot;
    this.heading = 360 * random.nextDouble();
  }

  @Override
  public Place place(Place home) {
    return depot.plusKm(northKm, eastKm);
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double hours = SolarTime.hoursBetween(last, at);
    last = at;
    pace = Sensor.clamp(0.8 * pace + 8 + 8 * random.nextGaussian(), 5, 100);
    boolean stands = random.nextDouble() < (SolarTime.businessOf(at) > 1 ? 0.15 : 0.9);
    heading = (heading + 20 * random.nextGaussian() + 360) % 360;
    if (StrictMath.hypot(eastKm, northKm) > RANGE_KM) {
      heading = (Math.toDegrees(StrictMath.atan2(-eastKm, -northKm)) + 360) % 360;
    }
    // After a long pause it has not driven all the time, nor straight ahead.
    double km = stands ? 0 : pace * Math.min(hours, LONGEST_DRIVE_HOURS);
    eastKm += km * StrictMath.sin(Math.toRadians(heading));
    northKm += km * StrictMath.cos(Math.toRadians(heading));
    double speed = hours == 0 ? 0 : km / hours;
    return uplink
        .reading("speed", Sensor.rounded(speed, 1), "km/h")
        .reading("heading", Math.round(heading) % 360, "\u00b0");
  }
}
