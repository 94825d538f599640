package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import java.util.Map;

/**
 * Which phenomena strike, and how often. Each has dice of its own, and each device dice of its own
 * for it.
 *
 * @param shares the share of each phenomenon; those left out are off
 * @param seed the seed of all dice
 */
record Conditions(Map<Phenomenon, Double> shares, long seed) {
  Conditions {
    shares = Map.copyOf(shares);
  }

  double share(Phenomenon phenomenon) {
    return shares.getOrDefault(phenomenon, 0.0);
  }

  boolean has(Phenomenon phenomenon) {
    return share(phenomenon) > 0;
  }

  /** The dice of a phenomenon for one device or gateway. */
  Dice dice(Phenomenon phenomenon, long number) {
    return new Dice(seed).of(phenomenon.name().hashCode()).of(number);
  }

  /** Whether it strikes a device for good. */
  boolean strikes(Phenomenon phenomenon, long number) {
    return has(phenomenon) && dice(phenomenon, number).of(0).at(0) < share(phenomenon);
  }

  /** Whether it strikes one of the frames of a device. */
  boolean strikes(Phenomenon phenomenon, long number, long frame) {
    return has(phenomenon) && dice(phenomenon, number).at(frame) < share(phenomenon);
  }
}
