package io.nnnco.nhub.brokers.kafka;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Kafka's own programs, as {@code kafka-producer-perf-test}. */
public final class KafkaTool {
  private KafkaTool() {}

  /** Runs one, and returns what it has printed. */
  public static String run(String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(Program.QUIET);
    command.addAll(List.of("-cp", Program.home() + File.pathSeparator + Program.libraries(), main));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    if (process.waitFor() != 0) {
      throw new AssertionError(main + " has failed: " + output);
    }
    return output;
  }
}
