package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** When the devices of a fleet have their turns: the first within the first interval. */
final class Timetable {
  /**
   * When a device sends.
   *
   * @param at when
   * @param device the number of the device
   * @param number how many turns it has had before
   */
  record Turn(Instant at, int device, int number) {}

  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparingInt(Turn::device));
  private final List<DeviceModel> models;
  private final double jitter;
  private final double rhythm;
  private final Dice dice;
  private Duration interval;

  Timetable(FleetOptions options, Instant start) {
    this.models = options.models();
    this.jitter = options.jitter();
    this.rhythm = options.conditions().share(Phenomenon.DAILY_RHYTHM);
    this.dice = new Dice(options.seed()).of("turns".hashCode());
    this.interval = options.interval();
    for (int device = 0; device < models.size(); device++) {
      turns.add(new Turn(start.plus(times(dice.of(device).at(0))), device, 0));
    }
  }

  Duration interval() {
    return interval;
  }

  /** Changes how often each device sends; what is due later than now comes to scale. */
  void interval(Duration each, Instant now) {
    double scale = (double) each.toNanos() / interval.toNanos();
    List<Turn> later = List.copyOf(turns);
    turns.clear();
    for (Turn turn : later) {
      long wait = Math.max(0, Duration.between(now, turn.at()).toNanos());
      Instant at = now.plusNanos(Math.round(wait * scale));
      turns.add(new Turn(at, turn.device(), turn.number()));
    }
    interval = each;
  }

  /** When the next turn is; null if there is no device. */
  @Nullable Instant next() {
    Turn next = turns.peek();
    return next == null ? null : next.at();
  }

  /** Takes the next turn, after which its device has another. */
  Turn take() {
    Turn turn = turns.remove();
    Instant at = turn.at().plus(times(pause(turn)));
    turns.add(new Turn(at, turn.device(), turn.number() + 1));
    return turn;
  }

  /** In intervals. Each device has a cadence of its own, too, as its oscillator has. */
  private double pause(Turn turn) {
    Dice own = dice.of(turn.device());
    double cadence = 1 + jitter / 10 * (2 * own.at(1) - 1);
    double regular = cadence * (1 + jitter * (2 * own.at(2 + turn.number()) - 1));
    if (rhythm == 0 || models.get(turn.device()) != DeviceModel.DOOR) {
      return regular;
    }
    return regular / (1 - rhythm + rhythm * SolarTime.businessOf(turn.at()));
  }

  private Duration times(double factor) {
    return Duration.ofNanos(Math.max(1, Math.round(interval.toNanos() * factor)));
  }
}
