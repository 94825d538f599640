package io.nnnco.nhub.testkit.internal.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The gateways in town, and how well each is heard. */
final class Gateways {
  private static final int LEAST = 4;
  private static final int MOST = 25;
  private static final int DEVICES_EACH = 200;
  private static final double SIDE = 0.4;

  /** A gateway that receives a device. */
  record Link(int gateway, double signal) {}

  private final Dice dice;
  private final List<Place> places = new ArrayList<>();

  Gateways(long seed, int devices) {
    dice = new Dice(seed).of("gateways".hashCode());
    int count = Math.min(MOST, LEAST + devices / DEVICES_EACH);
    int columns = (int) Math.ceil(Math.sqrt(count));
    for (int number = 0; number < count; number++) {
      double north = number / columns + dice.of(number).at(0);
      double east = number % columns + dice.of(number).at(1);
      places.add(Place.inTown(SIDE * (north / columns - 0.5), SIDE * (east / columns - 0.5)));
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
    List<Link> links = new ArrayList<>(places.size());
    for (int gateway = 0; gateway < places.size(); gateway++) {
      double km = Math.max(0.1, place.kmTo(places.get(gateway)));
      double behindWalls = 12 * dice.of(gateway).of(device).at(0);
      links.add(new Link(gateway, -64 - 30 * StrictMath.log10(km / 0.3) - behindWalls));
    }
    links.sort(Comparator.comparingDouble(Link::signal).reversed());
    return List.copyOf(links.subList(0, Math.min(3, links.size())));
  }
}
