package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.DeviceModel;
import java.time.Duration;
import java.util.List;

/**
 * The options of a fleet.
 *
 * @param models one entry per device
 * @param interval how often each device sends
 * @param jitter how much of the interval it may be early or late, 0 to 1
 * @param loss the share of messages that are lost on the air, 0 to 1
 * @param joins whether each device joins before its first uplink
 * @param outages when nothing is sent
 * @param seed the seed that makes it repeatable
 */
public record FleetOptions(
    List<DeviceModel> models,
    Duration interval,
    double jitter,
    double loss,
    boolean joins,
    List<Outage> outages,
    long seed) {
  public FleetOptions {
    models = List.copyOf(models);
    outages = List.copyOf(outages);
  }

  /**
   * A period without messages.
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
