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
  private static final double KM_PER_DEGREE = 111.2;

  /** Somewhere in town. */
  static Place near(Random random) {
    return inTown(0.1 * random.nextGaussian(), 0.1 * random.nextGaussian());
  }

  /** So many degrees from the centre. */
  static Place inTown(double north, double east) {
    return new Place(SYDNEY.latitude + north, SYDNEY.longitude + east);
  }

  /** So many kilometres from here. */
  Place plusKm(double north, double east) {
    double there = latitude + north / KM_PER_DEGREE;
    return new Place(there, longitude + east / kmPerDegreeOfLongitude(there));
  }

  double kmTo(Place other) {
    double north = (other.latitude - latitude) * KM_PER_DEGREE;
    double east = (other.longitude - longitude) * kmPerDegreeOfLongitude(latitude);
    return Math.sqrt(north * north + east * east);
  }

  private static double kmPerDegreeOfLongitude(double latitude) {
    return KM_PER_DEGREE * StrictMath.cos(Math.toRadians(latitude));
  }

  /** A message from this place, accurate to about a metre. */
  FakeMessage of(FakeMessage message) {
    return message.location(
        Sensor.rounded(latitude, 5).doubleValue(), Sensor.rounded(longitude, 5).doubleValue());
  }
}
