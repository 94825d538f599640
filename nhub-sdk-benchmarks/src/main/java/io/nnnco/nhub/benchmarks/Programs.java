package io.nnnco.nhub.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that a driver runs, each on the class path that its user would have.
 *
 * @param ownClassPath of the SDK's users
 * @param peerClassPath of HiveMQ's
 * @param certificates the folder of the certificates
 */
record Programs(String ownClassPath, String peerClassPath, Path certificates) {
  static final String HIVEMQ = "HIVEMQ";
  static final String MOSQUITTO = "MOSQUITTO_SUB";

  /** A sender; its first argument is the folder of the certificates. */
  ProcessBuilder sender(Class<? extends Bridge> main, String... arguments) {
    return java(ownClassPath, main, certificates.toString(), arguments);
  }

  /**
   * A receiver.
   *
   * @param name of a {@link Receiver}, or {@link #MOSQUITTO}
   * @param more arguments of a {@link Receiver}
   */
  ProcessBuilder receiver(String name, int port, String... more) {
    if (name.equals(MOSQUITTO)) {
      return mosquitto(port);
    }
    List<String> arguments =
        new ArrayList<>(List.of(String.valueOf(port), certificates.toString()));
    arguments.addAll(List.of(more));
    return java(
        name.equals(HIVEMQ) ? peerClassPath : ownClassPath,
        Receiver.class,
        name,
        arguments.toArray(String[]::new));
  }

  private static ProcessBuilder java(
      String classPath, Class<?> main, String first, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, main.getName(), first));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** The terminal would be its bottleneck, so let it print to nowhere. */
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
            Receiver.TOPICS)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
