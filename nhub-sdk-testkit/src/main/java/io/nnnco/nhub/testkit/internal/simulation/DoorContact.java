package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A door: opened often in working hours, hardly ever at night, each time for a minute or so. It
 * counts also what happens between two uplinks.
 */
final class DoorContact implements Sensor {
  private static final double OPENINGS_PER_HOUR = 3;
  private static final double MOST_PER_HOUR = 2 * OPENINGS_PER_HOUR;
  private static final double HOURS_OPEN = 1 / 60.0;

  private final Random random;
  private boolean open;
  private long openings;
  private @Nullable Instant next;

  DoorContact(Random random) {
    this.random = random;
    this.openings = random.nextInt(5_000);
  }

  @Override
  public FakeMessage read(FakeMessage uplink, Instant at) {
    Instant event = next == null ? after(at) : next;
    while (!event.isAfter(at)) {
      if (open) {
        open = false;
      } else if (random.nextDouble() * MOST_PER_HOUR
          < OPENINGS_PER_HOUR * SolarTime.businessOf(event)) {
        open = true;
        openings++;
      }
      event = after(event);
    }
    next = event;
    return uplink.reading("door_open", open, null).reading("open_count", openings, null);
  }

  /** When it is closed; or when somebody may open it, which is more often than they do. */
  private Instant after(Instant time) {
    double mean = open ? HOURS_OPEN : 1 / MOST_PER_HOUR;
    double hours = -mean * StrictMath.log(1 - random.nextDouble());
    return time.plusNanos(Math.max(1, (long) (hours * 3.6e12)));
  }
}
