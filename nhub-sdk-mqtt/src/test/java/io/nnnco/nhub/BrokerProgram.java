package io.nnnco.nhub;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of {@code nhub-sdk-brokers}, each as a process of its own on the class path that its
 * module has noted: a broker brings dozens of libraries, some of them in other versions than this
 * SDK's or the next broker's.
 */
final class BrokerProgram {
  private static final String PACKAGE = "io.nnnco.nhub.brokers.";
  private static final long PATIENCE_SECONDS = 60;

  private BrokerProgram() {}

  /**
   * Starts one, with the folder as its first argument and for its log.
   *
   * @param module the last part of its name
   */
  static Process start(String module, String program, Path folder, String... more)
      throws IOException {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // It lives for seconds.
            "-cp",
            home(program) + File.pathSeparator + libraries(module),
            PACKAGE + program,
            folder.toString());
    List<String> command = Stream.concat(java, Stream.of(more)).toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  static Path log(Path folder) {
    return folder.resolve("log");
  }

  /** Lets it end in order. */
  static void stop(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static String home(String program) {
    try {
      Class<?> main = Class.forName(PACKAGE + program, false, BrokerProgram.class.getClassLoader());
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw notBuilt(e);
    }
  }

  private static String libraries(String module) throws IOException {
    String resource = "/io/nnnco/nhub/brokers/nhub-sdk-brokers-" + module + ".class-path";
    try (InputStream in = BrokerProgram.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw notBuilt(null);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    }
  }

  private static AssertionError notBuilt(@Nullable Exception cause) {
    return new AssertionError(
        "Build nhub-sdk-brokers first: ./mvnw -pl nhub-sdk-mqtt -am …", cause);
  }
}
