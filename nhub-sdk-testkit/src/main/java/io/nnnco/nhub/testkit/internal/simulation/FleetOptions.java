package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The options of a fleet.
 *
 * @param enterprise the owner's code
 * @param models one entry per device
 * @param interval how often each device sends
 * @param jitter how much of the interval it may be early or late, 0 to 1
 * @param joins whether each device joins before its first uplink
 * @param outages when all gateways are down
 * @param phenomena the share of each that is on
 * @param seed the seed that makes it repeatable
 */
public record FleetOptions(
    String enterprise,
    List<DeviceModel> models,
    Duration interval,
    double jitter,
    boolean joins,
    List<Outage> outages,
    Map<Phenomenon, Double> phenomena,
    long seed) {
  public FleetOptions {
    models = List.copyOf(models);
    outages = List.copyOf(outages);
    phenomena = Map.copyOf(phenomena);
  }

  Conditions conditions() {
    return new Conditions(phenomena, seed);
  }

  /**
   * A period in which all gateways are down.
   *
   * @param after how long after the fleet's start it begins
   * @param length how long it lasts
   */
  public record Outage(Duration after, Duration length) {
    boolean covers(Duration sinceStart) {
      return sinceStart.compareTo(after) >= 0 && sinceStart.compareTo(after.plus(length)) < 0;
    }
  }
}
