package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;

/** Air: a daily and a yearly curve with some weather; the warmer, the drier. */
final class ClimateSensor implements Sensor {
  private final Random random;
  private final double offset;
  private double weather;

  ClimateSensor(Random random) {
    this.random = random;
    this.offset = random.nextGaussian();
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    weather = 0.95 * weather + 0.2 * random.nextGaussian();
    double temperature =
        17.5 + 5 * SolarTime.warmthOfYear(at) + 5 * SolarTime.warmthOfDay(at) + offset + weather;
    double humidity = 66 - 2.2 * (temperature - 17.5) + random.nextGaussian();
    return uplink
        .reading("temperature", Sensor.rounded(temperature, 1), "\u00b0C")
        .reading("humidity", Math.round(Sensor.clamp(humidity, 12, 100)), "%");
  }
}
