package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** What a device measures. Called with ever later times. */
interface Sensor {
  /** The uplink with the readings of that time. */
  FakeMessage read(FakeMessage uplink, Instant at);

  /** Where the device is, if it is at home at the start. */
  default Place place(Place home) {
    return home;
  }

  /** A measured value, with as many decimals as the sensor provides. */
  static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }

  static double clamp(double value, double min, double max) {
    return Math.max(min, Math.min(max, value));
  }
}
