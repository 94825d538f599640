package io.nnnco.nhub.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The tables of {@link Rates}: medians of the rounds, and ratios to the best of the peers. */
final class RatesReport {
  private static final String DIRECT = "NHUB_DIRECT";
  private static final List<String> PEERS = List.of("PAHO", Programs.HIVEMQ);

  private final Map<Integer, Map<String, List<Sample>>> samples = new TreeMap<>();

  void add(int rate, String receiver, Sample sample) {
    samples
        .computeIfAbsent(rate, any -> new LinkedHashMap<>())
        .computeIfAbsent(receiver, any -> new ArrayList<>())
        .add(sample);
  }

  void print() {
    System.out.printf(
        "%nMedians of the rounds; per message, latencies in us. JDK %s, %d cores%n%n",
        Runtime.version().feature(), Runtime.getRuntime().availableProcessors());
    System.out.println(
        "| messages/s | receiver | us of processor | context switches | bytes | p50 | p90 | p99 |"
            + " p99.9 | most |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    samples.forEach((rate, all) -> all.forEach((name, runs) -> row(rate, name, runs)));
    System.out.println();
    System.out.println("| messages/s | ratio | median of the rounds | least | most |");
    System.out.println("|---|---|---|---|---|");
    samples.forEach(this::ratios);
  }

  private static void row(int rate, String name, List<Sample> runs) {
    StringBuilder row = new StringBuilder(String.format("| %,d | %s", rate, name));
    row.append(cell("%.1f", Sample::processor, runs));
    row.append(cell("%.2f", Sample::switches, runs));
    row.append(cell("%,.0f", Sample::bytes, runs));
    row.append(cell("%,.0f", sample -> sample.late().p50(), runs));
    row.append(cell("%,.0f", sample -> sample.late().p90(), runs));
    row.append(cell("%,.0f", sample -> sample.late().p99(), runs));
    row.append(cell("%,.0f", sample -> sample.late().p999(), runs));
    row.append(cell("%,.0f", sample -> sample.late().most(), runs));
    System.out.println(row.append(" |"));
  }

  private static String cell(String format, ToDoubleFunction<Sample> figure, List<Sample> runs) {
    double median = Figures.median(values(figure, runs));
    return " | " + (Double.isNaN(median) ? "–" : String.format(format, median));
  }

  private void ratios(int rate, Map<String, List<Sample>> all) {
    ratio(rate, "processor", Sample::processor, all, DIRECT, PEERS);
    ratio(rate, "context switches", Sample::switches, all, DIRECT, PEERS);
    ratio(rate, "p50", sample -> sample.late().p50(), all, DIRECT, PEERS);
    ratio(rate, "p99", sample -> sample.late().p99(), all, DIRECT, PEERS);
    ratio(rate, "bytes", Sample::bytes, all, DIRECT, List.of(Programs.HIVEMQ));
    ratio(rate, "processor", Sample::processor, all, "NHUB_PAHO", List.of("PAHO"));
    ratio(rate, "p99", sample -> sample.late().p99(), all, "NHUB_PAHO", List.of("PAHO"));
  }

  private static void ratio(
      int rate,
      String what,
      ToDoubleFunction<Sample> figure,
      Map<String, List<Sample>> all,
      String ours,
      List<String> peers) {
    if (!all.containsKey(ours) || !all.keySet().containsAll(peers)) {
      return;
    }
    List<Double> own = values(figure, all.getOrDefault(ours, List.of()));
    List<Double> best = new ArrayList<>(Collections.nCopies(own.size(), Double.MAX_VALUE));
    for (String peer : peers) {
      List<Double> other = values(figure, all.getOrDefault(peer, List.of()));
      for (int round = 0; round < best.size(); round++) {
        best.set(round, Math.min(best.get(round), other.get(round)));
      }
    }
    System.out.printf(
        "| %,d | %s: %s / %s | %s |%n",
        rate,
        what,
        ours,
        peers.size() == 1 ? peers.get(0) : "best of " + String.join(", ", peers),
        Figures.summary("%.2f", Figures.ratios(own, best)));
  }

  private static List<Double> values(ToDoubleFunction<Sample> figure, List<Sample> runs) {
    List<Double> values = new ArrayList<>();
    runs.forEach(run -> values.add(figure.applyAsDouble(run)));
    return values;
  }
}
