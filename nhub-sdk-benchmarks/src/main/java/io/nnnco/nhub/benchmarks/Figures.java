package io.nnnco.nhub.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What is said of a figure that was measured in each round. */
final class Figures {
  private Figures() {}

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Round by round, since what else the machine does changes between them. */
  static List<Double> ratios(List<Double> ours, List<Double> peers) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / peers.get(round));
    }
    return ratios;
  }

  /** Three cells of a table: median, least and most. */
  static String summary(String format, List<Double> values) {
    return String.format(
        format + " | " + format + " | " + format,
        median(values),
        values.stream().mapToDouble(d -> d).min().orElse(0),
        values.stream().mapToDouble(d -> d).max().orElse(0));
  }
}
