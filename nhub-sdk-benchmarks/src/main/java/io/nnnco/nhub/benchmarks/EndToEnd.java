package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many messages a second each receiver takes from a {@link Sender} in another process: whole
 * programs, cold JVM included, one after the other in each round. Run it with {@code
 * nhub-sdk-benchmarks/end-to-end.sh}.
 */
final class EndToEnd {
  private static final String HIVEMQ = "HIVEMQ";
  private static final String MOSQUITTO = "MOSQUITTO_SUB";

  private final String ownClassPath;
  private final String peerClassPath;
  private final Path certificates;
  private final int messages;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  /** One run of one receiver: messages a second, and microseconds of its processor per message. */
  private record Sample(double rate, double processor) {}

  private EndToEnd(String ownClassPath, String peerClassPath, Path certificates, int messages) {
    this.ownClassPath = ownClassPath;
    this.peerClassPath = peerClassPath;
    this.certificates = certificates;
    this.messages = messages;
  }

  /**
   * Arguments: class path of the SDK's users, of HiveMQ's, folder of the certificates, messages,
   * rounds, receivers.
   */
  public static void main(String[] args) throws Exception {
    EndToEnd benchmark =
        new EndToEnd(args[0], args[1], Path.of(args[2]), Integer.parseInt(args[3]));
    List<String> receivers = Arrays.asList(args).subList(5, args.length);
    benchmark.run(Integer.parseInt(args[4]), receivers);
    benchmark.report();
  }

  private void run(int rounds, List<String> receivers) throws IOException, InterruptedException {
    Process sender =
        java(
                ownClassPath,
                "io.nnnco.nhub.benchmarks.Sender",
                certificates.toString(),
                String.valueOf(messages))
            .start();
    try (BufferedReader lines = sender.inputReader()) {
      int port = Integer.parseInt(lines.readLine());
      for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < receivers.size(); i++) {
          String name = receivers.get(Math.floorMod(i + round, receivers.size()));
          Sample sample = sample(name, port, lines);
          boolean warmUp = round < 0; // of the sender
          System.out.printf(
              "%s %-14s %,9.0f msg/s %6.2f us%n",
              warmUp ? "warm-up" : "round " + (round + 1), name, sample.rate, sample.processor);
          if (!warmUp) {
            samples.computeIfAbsent(name, any -> new ArrayList<>()).add(sample);
          }
        }
      }
    } finally {
      sender.destroyForcibly();
    }
  }

  private Sample sample(String name, int port, BufferedReader sender)
      throws IOException, InterruptedException {
    Process receiver =
        (name.equals(MOSQUITTO)
                ? mosquitto(port)
                : java(
                    name.equals(HIVEMQ) ? peerClassPath : ownClassPath,
                    "io.nnnco.nhub.benchmarks.Receiver",
                    name,
                    String.valueOf(port),
                    certificates.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!sender.ready()) {
      if (receiver.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException(name + " ended with " + receiver.exitValue());
      }
    }
    String nanos = sender.readLine();
    Duration processor = receiver.info().totalCpuDuration().orElse(Duration.ZERO);
    receiver.destroyForcibly();
    receiver.waitFor(10, TimeUnit.SECONDS);
    try {
      return new Sample(
          messages / (Long.parseLong(nanos) / 1e9), processor.toNanos() / 1e3 / messages);
    } catch (NumberFormatException e) {
      throw new IOException("With " + name + ": " + nanos, e);
    }
  }

  private ProcessBuilder java(String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** The terminal would be its bottleneck, so it prints to nowhere. */
  private ProcessBuilder mosquitto(int port) {
    return new ProcessBuilder(
            "mosquitto_sub",
            "-V",
            "5",
            "-h",
            "localhost",
            "-p",
            String.valueOf(port),
            "--cafile",
            certificates.resolve("ca.crt").toString(),
            "--cert",
            certificates.resolve("client.crt").toString(),
            "--key",
            certificates.resolve("client.key").toString(),
            "-q",
            "1",
            "-t",
            "v4/groups/nnn.acme.master/+/uplinks")
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private void report() {
    System.out.printf(
        "%n%,d messages of %.0f bytes, JDK %s, %d cores%n%n",
        messages,
        Uplinks.averagePayload(),
        Runtime.version().feature(),
        Runtime.getRuntime().availableProcessors());
    System.out.println("| receiver | msg/s, median | least | most | us of processor |");
    System.out.println("|---|---|---|---|---|");
    samples.forEach(
        (name, all) ->
            System.out.printf(
                "| %s | %,.0f | %,.0f | %,.0f | %.1f |%n",
                name,
                median(all.stream().map(Sample::rate).toList()),
                all.stream().mapToDouble(Sample::rate).min().orElse(0),
                all.stream().mapToDouble(Sample::rate).max().orElse(0),
                median(all.stream().map(Sample::processor).toList())));
    System.out.println();
    System.out.println("| ratio | median of the rounds | least | most |");
    System.out.println("|---|---|---|---|");
    ratio("NHUB_DIRECT", HIVEMQ);
    ratio("NHUB_DIRECT", "PAHO");
    ratio("NHUB_DIRECT", MOSQUITTO);
    ratio("NHUB_PAHO", "PAHO");
  }

  /** Round by round, since what else the machine does changes between them. */
  private void ratio(String ours, String peer) {
    if (!samples.containsKey(ours) || !samples.containsKey(peer)) {
      return;
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < samples.get(ours).size(); i++) {
      ratios.add(samples.get(ours).get(i).rate / samples.get(peer).get(i).rate);
    }
    System.out.printf(
        "| %s / %s | %.2f | %.2f | %.2f |%n",
        ours,
        peer,
        median(ratios),
        ratios.stream().mapToDouble(d -> d).min().orElse(0),
        ratios.stream().mapToDouble(d -> d).max().orElse(0));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
