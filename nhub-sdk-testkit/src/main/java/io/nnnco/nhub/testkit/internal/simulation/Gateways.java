package io.nnnco.nhub.testkit.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The gateways in town, and how well each is heard. */
final class Gateways {
  private static final int LEAST = 4;
  private static final int MOST = 25;
  private static final int DEVICES_EACH = 200;
  private static final int HEARD_BY = 3;
  private static final double SIDE = 0.4;

  /** A gateway that receives a device. */
  record Link(int gateway, double signal) {}

  private final Dice dice;
  private final List<Place> places = new ArrayList<>();

  Gateways(long seed, int devices) {
    dice = new Dice(seed).of("gateways".hashCode());
    int count = Math.min(MOST, LEAST + devices / DEVICES_EACH);
    int columns = (int) Math.ceil(Math.sqrt(count));
    int rows = (count + columns - 1) / columns;
    for (int number = 0; number < count; number++) {
      int row = number / columns;
      double north = (row + dice.of(number).at(0)) / rows;
      double east = (number % columns + dice.of(number).at(1)) / columns;
      places.add(Place.inTown(SIDE * (north - 0.5), SIDE * (east - 0.5)));
    }
  }

  int size() {
    return places.size();
  }

  String id(int gateway) {
    return String.format(Locale.ROOT, "GW%03d", gateway + 1);
  }

  /** The gateways that hear a device best, at most three, the best first. */
  List<Link> near(Place place, int device) {
    List<Link> best = new ArrayList<>(HEARD_BY + 1);
    for (int gateway = 0; gateway < places.size(); gateway++) {
      double signal = signal(place, device, gateway);
      int rank = best.size();
      while (rank > 0 && best.get(rank - 1).signal() < signal) {
        rank--;
      }
      if (rank < HEARD_BY) {
        best.add(rank, new Link(gateway, signal));
        best.subList(Math.min(HEARD_BY, best.size()), best.size()).clear();
      }
    }
    return List.copyOf(best);
  }

  private double signal(Place place, int device, int gateway) {
    double km = Math.max(0.1, place.kmTo(places.get(gateway)));
    double behindWalls = 12 * dice.of(gateway).of(device).at(0);
    return -64 - 30 * StrictMath.log10(km / 0.3) - behindWalls;
  }
}
