package io.nnnco.nhub.examples.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine, and ports for them. */
final class Programs {
  private Programs() {}

  /** Aborts the test if it is not installed, and fails in CI, which installs it. */
  static Path required(String name, Stream<Path> places, String aptPackage) {
    Path program =
        places.map(each -> each.resolve(name)).filter(Files::isExecutable).findFirst().orElse(null);
    if (program == null) {
      String missing = name + " is missing: apt-get install " + aptPackage;
      if (System.getenv("CI") != null) {
        throw new AssertionError(missing);
      }
      throw Assumptions.<RuntimeException>abort(missing);
    }
    return program;
  }

  /** Runs it to its end, which must be a good one. */
  static void run(List<String> command, Path log) throws IOException, InterruptedException {
    // Its children keep what they inherit, so no pipes.
    Process process = start(command, log);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " has failed, see " + log + ":\n" + Files.readString(log));
    }
  }

  static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Below the ports that the system gives out by itself, or another test could be given this one
   * before the server binds it.
   */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
  }
}
