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
  private final Programs programs;
  private final int messages;
  private final Map<String, List<Run>> samples = new LinkedHashMap<>();

  /** One run of one receiver: messages a second, and microseconds of its processor per message. */
  private record Run(double rate, double processor) {}

  private EndToEnd(Programs programs, int messages) {
    this.programs = programs;
    this.messages = messages;
  }

  /**
   * Arguments: class path of the SDK's users, of HiveMQ's, folder of the certificates, messages,
   * rounds, receivers.
   */
  public static void main(String[] args) throws Exception {
    EndToEnd benchmark =
        new EndToEnd(new Programs(args[0], args[1], Path.of(args[2])), Integer.parseInt(args[3]));
    List<String> receivers = Arrays.asList(args).subList(5, args.length);
    benchmark.run(Integer.parseInt(args[4]), receivers);
    benchmark.report();
  }

  private void run(int rounds, List<String> receivers) throws IOException, InterruptedException {
    Process sender = programs.sender(Sender.class, String.valueOf(messages)).start();
    try (BufferedReader lines = sender.inputReader()) {
      int port = Integer.parseInt(lines.readLine());
      for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < receivers.size(); i++) {
          String name = receivers.get(Math.floorMod(i + round, receivers.size()));
          Run sample = run(name, port, lines);
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

  private Run run(String name, int port, BufferedReader sender)
      throws IOException, InterruptedException {
    Process receiver =
        programs.receiver(name, port).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
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
      return new Run(
          messages / (Long.parseLong(nanos) / 1e9), processor.toNanos() / 1e3 / messages);
    } catch (NumberFormatException e) {
      throw new IOException("With " + name + ": " + nanos, e);
    }
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
                "| %s | %s | %.1f |%n",
                name,
                Figures.summary("%,.0f", all.stream().map(Run::rate).toList()),
                Figures.median(all.stream().map(Run::processor).toList())));
    System.out.println();
    System.out.println("| ratio | median of the rounds | least | most |");
    System.out.println("|---|---|---|---|");
    ratio("NHUB_DIRECT", Programs.HIVEMQ);
    ratio("NHUB_DIRECT", "PAHO");
    ratio("NHUB_DIRECT", Programs.MOSQUITTO);
    ratio("NHUB_DIRECT", "BARE_SOCKET");
    ratio("NHUB_PAHO", "PAHO");
    ratio("NHUB_DIRECT_METERS", "NHUB_DIRECT");
    ratio("NHUB_DIRECT_GAPS", "NHUB_DIRECT");
    ratio("NHUB_DIRECT_RECORDED", "NHUB_DIRECT");
    ratio("NHUB_DIRECT_RECORDED_ALL", "NHUB_DIRECT");
  }

  /** Round by round, since what else the machine does changes between them. */
  private void ratio(String ours, String peer) {
    if (!samples.containsKey(ours) || !samples.containsKey(peer)) {
      return;
    }
    System.out.printf(
        "| %s / %s | %s |%n",
        ours,
        peer,
        Figures.summary(
            "%.2f",
            Figures.ratios(
                samples.get(ours).stream().map(Run::rate).toList(),
                samples.get(peer).stream().map(Run::rate).toList())));
  }
}
