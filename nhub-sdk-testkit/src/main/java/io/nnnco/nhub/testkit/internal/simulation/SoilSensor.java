package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Soil: dries, faster by day, until it is watered. */
final class SoilSensor implements Sensor {
  private final Random random;
  private final double wateredBelow;
  private double moisture;
  private @Nullable Instant last;

  SoilSensor(Random random) {
    this.random = random;
    this.wateredBelow = 16 + 6 * random.nextDouble();
    this.moisture = wateredBelow + 15 * random.nextDouble();
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double dryingPerHour = 0.15 + 0.12 * SolarTime.warmthOfDay(at);
    moisture = Math.max(5, moisture - dryingPerHour * SolarTime.hoursBetween(last, at));
    if (moisture < wateredBelow) {
      moisture += 12 + 5 * random.nextDouble();
    }
    last = at;
    double temperature =
        16.5
            + 4 * SolarTime.warmthOfYear(at)
            + 1.5 * SolarTime.warmthOfDay(at.minusSeconds(10_800));
    return uplink
        .reading("soil_moisture", Sensor.rounded(moisture, 1), "%")
        .reading(
            "soil_temperature",
            Sensor.rounded(temperature + 0.05 * random.nextGaussian(), 1),
            "\u00b0C");
  }
}
