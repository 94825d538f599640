package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A vehicle: drives at town speed, turns now and then, waits at lights, stays around its depot. */
final class GpsTracker implements Sensor {
  private static final double KM_PER_DEGREE = 111.2;
  private static final double RANGE_KM = 30;

  private final Random random;
  private final Place depot;
  private double eastKm;
  private double northKm;
  private double heading;
  private @Nullable Instant last;

  GpsTracker(Random random, Place depot) {
    this.random = random;
    this.depot = depot;
    this.heading = 360 * random.nextDouble();
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double speed =
        random.nextDouble() < 0.15 ? 0 : Sensor.clamp(45 + 15 * random.nextGaussian(), 5, 110);
    heading = (heading + 25 * random.nextGaussian() + 360) % 360;
    if (StrictMath.hypot(eastKm, northKm) > RANGE_KM) {
      heading = (Math.toDegrees(StrictMath.atan2(-eastKm, -northKm)) + 360) % 360;
    }
    double km = speed * Math.min(1, SolarTime.hoursBetween(last, at));
    eastKm += km * StrictMath.sin(Math.toRadians(heading));
    northKm += km * StrictMath.cos(Math.toRadians(heading));
    last = at;
    double latitude = depot.latitude() + northKm / KM_PER_DEGREE;
    double longitude =
        depot.longitude() + eastKm / KM_PER_DEGREE / StrictMath.cos(Math.toRadians(latitude));
    return new Place(latitude, longitude)
        .of(uplink)
        .reading("speed", Sensor.rounded(speed, 1), "km/h")
        .reading("heading", Math.round(heading) % 360, "\u00b0");
  }
}
