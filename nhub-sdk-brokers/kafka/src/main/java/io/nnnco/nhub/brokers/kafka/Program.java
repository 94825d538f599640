package io.nnnco.nhub.brokers.kafka;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One of this module's programs, with its properties in a folder, and its log. */
final class Program {
  /** A client that cannot connect says so ten times a second. */
  static final List<String> QUIET =
      List.of(
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient=error");

  /** What suits a test: it starts quickly, and lives for seconds. */
  static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private static final long PATIENCE_SECONDS = 60;

  private final Class<?> main;
  private final Path folder;
  private final List<String> virtualMachine;
  private final String[] arguments;
  private Process process;

  private Program(Class<?> main, Path folder, List<String> virtualMachine, String... arguments) {
    this.main = main;
    this.folder = folder;
    this.virtualMachine = virtualMachine;
    this.arguments = arguments;
    this.process = launch();
  }

  static Program start(
      Class<?> main,
      Path folder,
      Map<String, String> properties,
      List<String> virtualMachine,
      String... arguments) {
    write(folder, properties);
    return new Program(main, folder, virtualMachine, arguments);
  }

  private static void write(Path folder, Map<String, String> properties) {
    Properties file = new Properties();
    file.putAll(properties);
    try (var out = Files.newBufferedWriter(Files.createDirectories(folder).resolve("properties"))) {
      file.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(virtualMachine);
    command.addAll(QUIET);
    command.addAll(List.of("-cp", home() + File.pathSeparator + libraries(), main.getName()));
    command.add(folder.resolve("properties").toString());
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void launchAgain() {
    if (process.isAlive()) {
      throw new IllegalStateException(main.getSimpleName() + " runs already");
    }
    process = launch();
  }

  /** Waits until it is ready, as told by the given. */
  void await(BooleanSupplier ready) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(main.getSimpleName() + " does not start: " + log());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM, and SIGKILL if it has not ended after a minute. */
  void stop() {
    process.destroy();
    await(process);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    await(process);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What Kafka needs, as this module's build has noted it. */
  static String libraries() {
    String resource = "/io/nnnco/nhub/brokers/nhub-sdk-brokers-kafka.class-path";
    try (InputStream in = Program.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("Build nhub-sdk-brokers/kafka first, with Maven");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String home() {
    try {
      return Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
