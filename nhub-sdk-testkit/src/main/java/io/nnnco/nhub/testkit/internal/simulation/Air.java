package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What is lost between devices and gateways. */
final class Air {
  private static final int MEAN_BURST = 4;

  private final Conditions conditions;
  private final double[] loss;
  private final List<Periods> bursts;

  /**
   * The air around devices.
   *
   * @param signals how well each is heard, in dBm
   */
  Air(Conditions conditions, double[] signals, Duration interval) {
    this.conditions = conditions;
    this.loss = loss(signals, conditions.share(Phenomenon.LOSS));
    this.bursts =
        conditions.has(Phenomenon.LOSS_BURSTS)
            ? IntStream.range(0, signals.length)
                .mapToObj(
                    device ->
                        new Periods(
                            conditions,
                            Phenomenon.LOSS_BURSTS,
                            device,
                            interval.multipliedBy(MEAN_BURST)))
                .toList()
            : List.of();
  }

  /** By the rank of the signal: the worst lose five times the mean, the better half hardly any. */
  private static double[] loss(double[] signals, double share) {
    double[] loss = new double[share > 0 ? signals.length : 0];
    int[] worstLast =
        IntStream.range(0, loss.length)
            .boxed()
            .sorted(Comparator.comparingDouble(device -> -signals[device]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int rank = 0; rank < loss.length; rank++) {
      double quantile = (rank + 0.5) / loss.length;
      loss[worstLast[rank]] = quantile * quantile * quantile * quantile;
      sum += loss[worstLast[rank]];
    }
    double mean = sum / loss.length;
    double worst = loss.length == 0 ? 1 : loss[worstLast[loss.length - 1]] / mean;
    double unequal = worst <= 1 ? 0 : Math.min(1, (1 / share - 1) / (worst - 1));
    for (int device = 0; device < loss.length; device++) {
      loss[device] = share * (1 - unequal + unequal * loss[device] / mean);
    }
    return loss;
  }

  /** Whether a frame of a device is lost; the time is in nanoseconds since the start. */
  boolean loses(int device, int frame, long time) {
    return (loss.length > 0 && conditions.dice(Phenomenon.LOSS, device).at(frame) < loss[device])
        || (!bursts.isEmpty() && bursts.get(device).at(time) != null);
  }
}
