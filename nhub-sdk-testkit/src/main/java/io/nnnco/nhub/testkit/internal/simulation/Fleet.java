package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.FakeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Devices and their timetable: the same seed, start and times give the same messages. Without
 * threads or a clock; not thread-safe.
 */
public final class Fleet {
  private record Turn(Instant at, int device, boolean first) {}

  private final FleetOptions options;
  private final Instant start;
  private final Random random;
  private final List<Device> devices = new ArrayList<>();
  private Duration interval;
  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparingInt(Turn::device));

  /**
   * Creates a fleet in which each device has its first turn within the first interval.
   *
   * @param options its options
   * @param start when it begins
   */
  public Fleet(FleetOptions options, Instant start) {
    this.options = options;
    this.start = start;
    this.interval = options.interval();
    this.random = new Random(options.seed());
    for (int number = 0; number < options.models().size(); number++) {
      devices.add(new Device(options.seed(), number, options.models().get(number)));
      turns.add(new Turn(start.plus(part(random.nextDouble())), number, true));
    }
  }

  /** How often each device sends. */
  public Duration interval() {
    return interval;
  }

  /** Changes how often each device sends; what is due later than now comes to scale. */
  public void interval(Duration each, Instant now) {
    double scale = (double) each.toNanos() / interval.toNanos();
    List<Turn> later = List.copyOf(turns);
    turns.clear();
    for (Turn turn : later) {
      long wait = Math.max(0, Duration.between(now, turn.at()).toNanos());
      turns.add(new Turn(now.plusNanos(Math.round(wait * scale)), turn.device(), turn.first()));
    }
    interval = each;
  }

  /** How many devices there are. */
  public int size() {
    return devices.size();
  }

  /** When the next device has its turn, which may be lost; null if there is no device. */
  public @Nullable Instant nextTurn() {
    Turn next = turns.peek();
    return next == null ? null : next.at();
  }

  /** What has been sent since the last call, up to and including this time, in order. */
  public List<FakeMessage> next(Instant until) {
    List<FakeMessage> messages = new ArrayList<>();
    Turn turn = turns.peek();
    while (turn != null && !turn.at().isAfter(until)) {
      turns.remove();
      take(turn, messages);
      double factor = 1 + options.jitter() * (2 * random.nextDouble() - 1);
      turns.add(new Turn(turn.at().plus(part(factor)), turn.device(), false));
      turn = turns.peek();
    }
    return messages;
  }

  private void take(Turn turn, List<FakeMessage> messages) {
    Device device = devices.get(turn.device());
    Duration sinceStart = Duration.between(start, turn.at());
    boolean lost =
        random.nextDouble() < options.loss()
            || options.outages().stream().anyMatch(outage -> outage.covers(sinceStart));
    if (turn.first() && options.joins() && !lost) {
      messages.add(device.join(turn.at()));
    }
    FakeMessage uplink = device.uplink(turn.at());
    if (!lost) {
      messages.add(uplink);
    }
  }

  private Duration part(double factor) {
    return Duration.ofNanos(Math.max(1, Math.round(interval.toNanos() * factor)));
  }
}
