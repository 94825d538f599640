package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.util.Random;

/**
 * A point on the map.
 *
 * @param latitude in degrees
 * @param longitude in degrees
 */
record Place(double latitude, double longitude) {
  private static final Place SYDNEY = new Place(-33.8688, 151.2093);

  /** Somewhere in town. */
  static Place near(Random random) {
    return new Place(
        SYDNEY.latitude + 0.1 * random.nextGaussian(),
        SYDNEY.longitude + 0.1 * random.nextGaussian());
  }

  /** A message from this place, accurate to about ten metres. */
  FakeMessage of(FakeMessage message) {
    return message.location(
        Sensor.rounded(latitude, 4).doubleValue(), Sensor.rounded(longitude, 4).doubleValue());
  }
}
