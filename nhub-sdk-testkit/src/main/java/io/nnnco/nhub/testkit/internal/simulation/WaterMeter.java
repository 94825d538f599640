package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Water: a volume that only grows, mostly around breakfast and dinner. */
final class WaterMeter implements Sensor {
  private final Random random;
  private final double litresPerHour;
  private double litres;
  private @Nullable Instant last;

  WaterMeter(Random random) {
    this.random = random;
    this.litresPerHour = 10 + 20 * random.nextDouble();
    this.litres = 50_000 + random.nextInt(900_000);
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double hour = SolarTime.hour(at);
    double demand = 0.15 + peak(hour, 7.5) + peak(hour, 18.5);
    double flow = Math.max(0, litresPerHour * demand * (1 + 0.4 * random.nextGaussian()));
    litres += flow * SolarTime.hoursBetween(last, at);
    last = at;
    return uplink
        .reading("volume", Sensor.rounded(litres / 1_000, 3), "m\u00b3")
        .reading("flow", Sensor.rounded(flow, 1), "L/h");
  }

  private static double peak(double hour, double at) {
    return 2 * StrictMath.exp(-(hour - at) * (hour - at) / 2);
  }
}
