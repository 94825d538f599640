package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a subscription costs that gets nothing: processor time, context switches and threads, of
 * each receiver in a process of its own. Run it with {@code nhub-sdk-benchmarks/idle.sh}.
 */
final class Idle {
  /** Until the threads of former work have ended. */
  private static final int QUIET_SECONDS = 30;

  /** How the names begin of the threads that a client makes, and the JVM does not. */
  private static final String OF_CLIENTS = "(nhub-|MQTT |com\\.hivemq|Rx|ForkJoin).*";

  private final Programs programs;
  private final int seconds;

  private Idle(Programs programs, int seconds) {
    this.programs = programs;
    this.seconds = seconds;
  }

  /**
   * Arguments: class path of the SDK's users, of HiveMQ's, folder of the certificates, seconds,
   * receivers.
   */
  public static void main(String[] args) throws Exception {
    Idle idle =
        new Idle(new Programs(args[0], args[1], Path.of(args[2])), Integer.parseInt(args[3]));
    System.out.printf("In %s seconds, JDK %d%n%n", args[3], Runtime.version().feature());
    System.out.println(
        "| receiver | ms of processor | of the client's threads | context switches | threads of the"
            + " client |");
    System.out.println("|---|---|---|---|---|");
    for (String name : Arrays.asList(args).subList(4, args.length)) {
      idle.measure(name);
    }
  }

  private void measure(String name) throws IOException, InterruptedException {
    Process sender = programs.sender(IdleSender.class).start();
    Process receiver = null;
    try (BufferedReader lines = sender.inputReader()) {
      int port = Integer.parseInt(lines.readLine());
      receiver =
          programs.receiver(name, port).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      lines.readLine();
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      ProcessUsage usage = new ProcessUsage(receiver.pid());
      Path tasks = Path.of("/proc", String.valueOf(receiver.pid()), "task");
      Map<Path, Long> before = processorNanos(tasks);
      TimeUnit.SECONDS.sleep(seconds);
      System.out.printf(
          "| %s | %.1f | %.1f | %d | %s |%n",
          name,
          millisSince(before, tasks, ".*"),
          millisSince(before, tasks, OF_CLIENTS),
          usage.contextSwitches(),
          threads(tasks));
    } finally {
      sender.destroyForcibly();
      if (receiver != null) {
        receiver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    }
  }

  /** Of the threads that live now, and whose names are like this. */
  private static double millisSince(Map<Path, Long> before, Path tasks, String names)
      throws IOException {
    long sum = 0;
    for (Map.Entry<Path, Long> thread : processorNanos(tasks).entrySet()) {
      if (name(thread.getKey()).matches(names)) {
        sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      }
    }
    return sum / 1e6;
  }

  /** By thread. */
  private static Map<Path, Long> processorNanos(Path tasks) throws IOException {
    Map<Path, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        try {
          String used = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
          nanos.put(thread, Long.valueOf(used));
        } catch (NoSuchFileException e) {
          // It has just ended.
        }
      }
    }
    return nanos;
  }

  private static String name(Path thread) throws IOException {
    return Files.readString(thread.resolve("comm")).strip();
  }

  /** How many, and their names without numbers. */
  private static String threads(Path tasks) throws IOException {
    Map<String, Integer> names = new TreeMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        String name = name(thread);
        if (name.matches(OF_CLIENTS)) {
          names.merge(name.replaceAll("[-0-9]*$", ""), 1, Integer::sum);
        }
      }
    }
    int all = names.values().stream().mapToInt(Integer::intValue).sum();
    return all + ": " + names;
  }
}
