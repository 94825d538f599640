package io.nnnco.nhub.benchmarks;

import java.util.ArrayList;
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
    for (int i = 0; i < runs.get(0).latencies().length; i++) {
      int percentile = i;
      row.append(cell("%,.0f", sample -> sample.latencies()[percentile], runs));
    }
    System.out.println(row.append(" |"));
  }

  private static String cell(String format, ToDoubleFunction<Sample> figure, List<Sample> runs) {
    double median = Figures.median(values(figure, runs));
    return " | " + (Double.isNaN(median) ? "–" : String.format(format, median));
  }

  private void ratios(int rate, Map<String, List<Sample>> all) {
    List<String> peers = PEERS.stream().filter(all::containsKey).toList();
    ratio(rate, "processor", Sample::processor, all, DIRECT, peers);
    ratio(rate, "context switches", Sample::switches, all, DIRECT, peers);
    ratio(rate, "p50", sample -> sample.latencies()[0], all, DIRECT, peers);
    ratio(rate, "p99", sample -> sample.latencies()[2], all, DIRECT, peers);
    ratio(rate, "bytes", Sample::bytes, all, DIRECT, List.of(Programs.HIVEMQ));
    ratio(rate, "processor", Sample::processor, all, "NHUB_PAHO", List.of("PAHO"));
    ratio(rate, "p99", sample -> sample.latencies()[2], all, "NHUB_PAHO", List.of("PAHO"));
  }

  private static void ratio(
      int rate,
      String what,
      ToDoubleFunction<Sample> figure,
      Map<String, List<Sample>> all,
      String ours,
      List<String> peers) {
    if (peers.isEmpty() || !all.containsKey(ours) || !all.keySet().containsAll(peers)) {
      return;
    }
    List<Double> best = values(figure, all.get(peers.get(0)));
    for (String peer : peers) {
      List<Double> other = values(figure, all.get(peer));
      for (int round = 0; round < best.size(); round++) {
        best.set(round, Math.min(best.get(round), other.get(round)));
      }
    }
    System.out.printf(
        "| %,d | %s: %s / %s | %s |%n",
        rate,
        what,
        ours,
        peers.size() == 1 ? peers.get(0) : "best peer",
        Figures.summary("%.2f", Figures.ratios(values(figure, all.get(ours)), best)));
  }

  private static List<Double> values(ToDoubleFunction<Sample> figure, List<Sample> runs) {
    List<Double> values = new ArrayList<>();
    runs.forEach(run -> values.add(figure.applyAsDouble(run)));
    return values;
  }
}
