package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows a second each {@link DatabaseWriter} brings into PostgreSQL, with one device and
 * with many, one writer after the other in each round. Run it with {@code
 * nhub-sdk-benchmarks/database.sh}.
 */
final class DatabaseRates {
  private static final List<Integer> FLEETS = List.of(1, 10, 1_000);
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private final String ownClassPath;
  private final String peerClassPath;
  private final Path folder;
  private final String url;
  private final Duration time;
  private final Map<Integer, Map<DatabaseWriter, List<Sample>>> samples = new TreeMap<>();

  /** One run of one writer: rows a second, and microseconds of its processor per row. */
  private record Sample(double rate, double processor) {}

  private DatabaseRates(
      String ownClassPath, String peerClassPath, Path folder, String url, Duration time) {
    this.ownClassPath = ownClassPath;
    this.peerClassPath = peerClassPath;
    this.folder = folder;
    this.url = url;
    this.time = time;
  }

  /**
   * Arguments: class path of the SDK's users, of HiveMQ's, a folder, the database's URL, seconds
   * for each run, rounds, writers.
   */
  public static void main(String[] args) throws Exception {
    Duration time = Duration.ofSeconds(Long.parseLong(args[4]));
    DatabaseRates benchmark = new DatabaseRates(args[0], args[1], Path.of(args[2]), args[3], time);
    List<DatabaseWriter> writers =
        Arrays.stream(args).skip(6).map(DatabaseWriter::valueOf).toList();
    int rounds = Integer.parseInt(args[5]);
    for (int round = 0; round < rounds; round++) {
      for (int devices : FLEETS) {
        for (int i = 0; i < writers.size(); i++) {
          benchmark.run(round, devices, writers.get((i + round) % writers.size()));
        }
      }
    }
    benchmark.report();
  }

  private void run(int round, int devices, DatabaseWriter writer) throws Exception {
    Sample sample = sample(devices, writer);
    System.out.printf(
        "round %d, %,5d devices  %-19s %,8.0f rows/s %6.1f us%n",
        round + 1, devices, writer, sample.rate, sample.processor);
    samples
        .computeIfAbsent(devices, any -> new TreeMap<>())
        .computeIfAbsent(writer, any -> new ArrayList<>())
        .add(sample);
  }

  private Sample sample(int devices, DatabaseWriter writer) throws Exception {
    Database database = new Database(url, writer.table());
    writer.reset(database);
    Path ca = folder.resolve("ca.crt");
    Process fleet = java(ownClassPath, Fleet.class, ca.toString(), String.valueOf(devices)).start();
    try (BufferedReader lines = fleet.inputReader()) {
      boolean peer = writer == DatabaseWriter.HIVEMQ_BATCHES;
      Process program =
          java(
                  peer ? peerClassPath : ownClassPath,
                  DatabaseWriter.class,
                  writer.name(),
                  url,
                  ca.toString(),
                  lines.readLine())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return sample(program, database);
      } finally {
        program.destroyForcibly().waitFor();
      }
    } finally {
      fleet.destroyForcibly().waitFor();
    }
  }

  /** From the first row on, after a while. */
  private Sample sample(Process program, Database database)
      throws IOException, InterruptedException, SQLException {
    while (database.count() == 0) {
      if (!program.isAlive()) {
        throw new IOException("The writer ended with " + program.exitValue());
      }
      Thread.sleep(10);
    }
    Thread.sleep(WARM_UP.toMillis());
    long rowsBefore = database.count();
    Duration processorBefore = processor(program);
    long start = System.nanoTime();
    Thread.sleep(time.toMillis());
    double rows = database.count() - rowsBefore;
    double seconds = (System.nanoTime() - start) / 1e9;
    double processor = processor(program).minus(processorBefore).toNanos() / 1e3;
    return new Sample(rows / seconds, processor / rows);
  }

  private static Duration processor(Process program) {
    return program.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static ProcessBuilder java(String classPath, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private void report() {
    System.out.printf("%n| devices | writer | rows/s, median | least | most | us of processor |%n");
    System.out.println("|---|---|---|---|---|---|");
    samples.forEach(
        (devices, writers) ->
            writers.forEach(
                (writer, runs) ->
                    System.out.printf(
                        "| %,d | %s | %s | %.0f |%n",
                        devices,
                        writer,
                        Figures.summary("%,.0f", runs.stream().map(Sample::rate).toList()),
                        Figures.median(runs.stream().map(Sample::processor).toList()))));
    System.out.printf("%n| devices | ratio | median of the rounds | least | most |%n");
    System.out.println("|---|---|---|---|---|");
    for (int devices : samples.keySet()) {
      for (DatabaseWriter ours :
          List.of(DatabaseWriter.NHUB_BATCHES, DatabaseWriter.NHUB_BATCHES_DIRECT)) {
        ratio(devices, ours, DatabaseWriter.ONE_ROW);
        ratio(devices, ours, DatabaseWriter.HIVEMQ_BATCHES);
      }
      ratio(devices, DatabaseWriter.SINK_WIDE, DatabaseWriter.SINK_ONE_ROW);
      ratio(devices, DatabaseWriter.SINK_LONG, DatabaseWriter.SINK_ONE_ROW);
    }
  }

  private void ratio(int devices, DatabaseWriter ours, DatabaseWriter other) {
    List<Double> numerators = rates(devices, ours);
    List<Double> denominators = rates(devices, other);
    if (!numerators.isEmpty() && !denominators.isEmpty()) {
      System.out.printf(
          "| %,d | %s / %s | %s |%n",
          devices, ours, other, Figures.summary("%.2f", Figures.ratios(numerators, denominators)));
    }
  }

  private List<Double> rates(int devices, DatabaseWriter writer) {
    return samples.getOrDefault(devices, Map.of()).getOrDefault(writer, List.of()).stream()
        .map(Sample::rate)
        .toList();
  }
}
