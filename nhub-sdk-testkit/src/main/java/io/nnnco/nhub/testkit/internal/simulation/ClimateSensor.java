package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Air: a daily and a yearly curve with some weather; the warmer, the drier. */
final class ClimateSensor implements Sensor {
  /** How fast the weather changes, and by how much. */
  private static final double WEATHER_HOURS = 3;

  private static final double WEATHER = 0.7;

  private final Random random;
  private final double offset;
  private double weather;
  private @Nullable Instant last;

  ClimateSensor(Random random) {
    this.random = random;
    this.offset = random.nextGaussian();
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double kept = StrictMath.exp(-SolarTime.hoursBetween(last, at) / WEATHER_HOURS);
    weather = kept * weather + WEATHER * Math.sqrt(1 - kept * kept) * random.nextGaussian();
    last = at;
    double temperature =
        17.5 + 5 * SolarTime.warmthOfYear(at) + 5 * SolarTime.warmthOfDay(at) + offset + weather;
    double humidity = 66 - 2.2 * (temperature - 17.5) + 0.4 * random.nextGaussian();
    return uplink
        .reading("temperature", Sensor.rounded(temperature, 1), "\u00b0C")
        .reading("humidity", Math.round(Sensor.clamp(humidity, 12, 100)), "%");
  }
}
