package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a test waits for its server: {@code FakeNHub} against HiveMQ CE embedded. Cold is from
 * the launch of a fresh JVM until the server listens; warm is a start in a JVM that has had one.
 * Run it with {@code nhub-sdk-benchmarks/start-up.sh}.
 */
final class StartUp {
  private static final int COLD = 7;
  private static final int WARM = 20;
  private static final String LISTENS = "nhub-benchmark listens";
  private static final String WARM_START = "nhub-benchmark warm ";

  private StartUp() {}

  /** What was measured of a server, in milliseconds. */
  private record Times(List<Double> cold, List<Double> start, List<Double> close) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * With a class path for each peer, compares them; with the name of a peer, a folder and a number,
   * starts that one as often.
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 3) {
      serve(Peer.valueOf(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
    } else {
      compare(args[0], args[1]);
    }
  }

  private static void serve(Peer peer, Path folder, int restarts) throws Exception {
    AutoCloseable first = peer.start(folder);
    System.out.println(LISTENS);
    if (restarts == 0) {
      System.exit(0);
    }
    first.close();
    for (int i = 0; i < restarts; i++) {
      long start = System.nanoTime();
      AutoCloseable server = peer.start(folder);
      long started = System.nanoTime();
      server.close();
      System.out.println(
          WARM_START + (started - start) / 1e6 + " " + (System.nanoTime() - started) / 1e6);
    }
    System.exit(0);
  }

  private static void compare(String fakeClassPath, String hiveMqClassPath) throws IOException {
    Path folder = keyStore(Files.createTempDirectory("start-up"));
    Times fake = new Times();
    Times hiveMq = new Times();
    for (int i = 0; i < COLD; i++) {
      measure(Peer.FAKE, fakeClassPath, folder, 0, fake);
      measure(Peer.HIVEMQ, hiveMqClassPath, folder, 0, hiveMq);
    }
    measure(Peer.FAKE, fakeClassPath, folder, WARM, fake);
    measure(Peer.HIVEMQ, hiveMqClassPath, folder, WARM, hiveMq);
    System.out.printf(
        "%-12s %10s %10s %8s %6s%n", "median, ms", "FakeNHub", "HiveMQ CE", "ratio", "runs");
    print("cold start", fake.cold(), hiveMq.cold());
    print("warm start", fake.start(), hiveMq.start());
    print("warm close", fake.close(), hiveMq.close());
  }

  private static Path keyStore(Path folder) throws IOException {
    String[] command =
        ("keytool -genkeypair -keyalg EC -alias server -dname CN=localhost -storepass changeit"
                + " -storetype PKCS12 -keystore "
                + folder.resolve("server.p12"))
            .split(" ");
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
      return folder;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void measure(Peer peer, String classPath, Path folder, int restarts, Times times)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            StartUp.class.getName(),
            peer.name(),
            folder.toString(),
            String.valueOf(restarts));
    long launch = System.nanoTime();
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(LISTENS) && restarts == 0) {
          times.cold().add((System.nanoTime() - launch) / 1e6);
        } else if (line.startsWith(WARM_START)) {
          String[] words = line.split(" ", -1);
          times.start().add(Double.valueOf(words[2]));
          times.close().add(Double.valueOf(words[3]));
        }
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void print(String what, List<Double> fake, List<Double> peer) {
    System.out.printf(
        "%-12s %10.1f %10.1f %8.2f %6d%n",
        what,
        Figures.median(fake),
        Figures.median(peer),
        Figures.median(fake) / Figures.median(peer),
        fake.size());
  }
}
