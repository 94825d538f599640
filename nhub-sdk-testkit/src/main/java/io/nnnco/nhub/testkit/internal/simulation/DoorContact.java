package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;

/** A door: opened often in working hours, hardly ever at night. */
final class DoorContact implements Sensor {
  private final Random random;
  private boolean open;
  private long openings;

  DoorContact(Random random) {
    this.random = random;
    this.openings = random.nextInt(5_000);
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    double hour = SolarTime.hour(at);
    double opens = hour >= 7 && hour < 19 ? 0.4 : 0.02;
    boolean wasOpen = open;
    open = random.nextDouble() < (wasOpen ? 0.3 : opens);
    if (open && !wasOpen) {
      openings++;
    }
    return uplink.reading("door_open", open, null).reading("open_count", openings, null);
  }
}
