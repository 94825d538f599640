package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a message costs each receiver, and how late it comes, at fixed rates: a {@link PacedSender}
 * in a process of its own, and each receiver in a fresh one, one after the other in each round. Run
 * it with {@code nhub-sdk-benchmarks/rates.sh}.
 */
final class Rates {
  private static final int WARM_UP_SECONDS = 10;
  private static final int LOOK_AGAIN_MILLIS = 20;
  private static final int LOOKS_PER_SAMPLE = 50;

  private final Programs programs;
  private final int seconds;
  private final RatesReport report;

  private Rates(Programs programs, int seconds, RatesReport report) {
    this.programs = programs;
    this.seconds = seconds;
    this.report = report;
  }

  /**
   * Arguments: class path of the SDK's users, of HiveMQ's, folder of the certificates, rates with
   * commas between, seconds, rounds, receivers.
   */
  public static void main(String[] args) throws Exception {
    List<Integer> rates = Stream.of(args[3].split(",", -1)).map(Integer::valueOf).toList();
    List<String> receivers = Arrays.asList(args).subList(6, args.length);
    RatesReport report = new RatesReport();
    new Rates(new Programs(args[0], args[1], Path.of(args[2])), Integer.parseInt(args[4]), report)
        .run(rates, Integer.parseInt(args[5]), receivers);
    report.print();
  }

  private void run(List<Integer> rates, int rounds, List<String> receivers)
      throws IOException, InterruptedException {
    Process sender = programs.sender(PacedSender.class).start();
    try (BufferedReader lines = sender.inputReader();
        BufferedWriter orders = sender.outputWriter()) {
      int port = Integer.parseInt(lines.readLine());
      for (int round = 0; round < rounds; round++) {
        for (int rate : rates) {
          for (int i = 0; i < receivers.size(); i++) {
            String name = receivers.get((i + round) % receivers.size());
            tell(orders, rate + " " + WARM_UP_SECONDS + " " + seconds);
            Sample sample = sample(name, port, rate, lines);
            report.add(rate, name, sample);
            System.out.printf("round %d, %,6d/s %-14s %s%n", round + 1, rate, name, sample);
          }
        }
      }
    } finally {
      sender.destroyForcibly();
    }
  }

  private Sample sample(String name, int port, int rate, BufferedReader sender)
      throws IOException, InterruptedException {
    boolean tells = !name.equals(Programs.MOSQUITTO);
    ProcessBuilder program = programs.receiver(name, port, Receiver.MEASURED);
    Process receiver =
        (tells ? program : program.redirectOutput(ProcessBuilder.Redirect.DISCARD)).start();
    try (BufferedReader answers = receiver.inputReader();
        BufferedWriter orders = receiver.outputWriter()) {
      await(PacedSender.MEASURE, sender, receiver, null);
      ProcessUsage usage = new ProcessUsage(receiver.pid());
      if (tells) {
        tell(orders, Receiver.BEGIN);
      }
      await(PacedSender.DONE, sender, receiver, usage);
      double messages = rate * seconds;
      double processor = usage.processorMicros() / messages;
      double switches = usage.contextSwitches() / messages;
      Measurement.Result told = Measurement.Result.UNKNOWN;
      if (tells) {
        tell(orders, Receiver.END);
        told = Measurement.Result.read(answers);
      }
      return new Sample(processor, switches, told.bytes() / messages, told.latencies());
    } finally {
      receiver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Waits for a line of the sender, and looks at the receiver once a second. */
  private static void await(
      String line, BufferedReader sender, Process receiver, @Nullable ProcessUsage usage)
      throws IOException, InterruptedException {
    for (int look = 1; !sender.ready(); look++) {
      if (receiver.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("The receiver ended with " + receiver.exitValue());
      }
      if (usage != null && look % LOOKS_PER_SAMPLE == 0) {
        usage.sample();
      }
    }
    String read = sender.readLine();
    if (!line.equals(read)) {
      throw new IOException("The sender: " + read);
    }
  }

  private static void tell(BufferedWriter program, String order) throws IOException {
    program.write(order);
    program.newLine();
    program.flush();
  }
}
