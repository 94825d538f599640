package io.nnnco.nhub.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Prometheus as a process, which scrapes one page every second. */
final class Prometheus implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Path directory;
  private final int port;
  private final Process process;

  /** Starts it, with the rules of docs/operations. */
  Prometheus(Path directory, int scraped) throws IOException, InterruptedException {
    this.directory = directory;
    this.port = freePort();
    Path rules = directory.resolve("alerts.yml");
    Files.copy(OperationsTest.OPERATIONS.resolve("alerts.yml"), rules);
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [alerts.yml]
        scrape_configs:
          - job_name: nhub
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(scraped));
    this.process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Says so where it is not installed, and fails in CI, which installs it. */
  static void require() {
    if (Files.isExecutable(PROGRAM)) {
      return;
    }
    String line = "Prometheus suite did not run: " + PROGRAM + " is not installed.";
    if (System.getenv("CI") != null) {
      throw new AssertionError(line);
    }
    // Not System.err, which Surefire writes to a file that nobody reads.
    try (PrintStream build =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8)) {
      build.println(line);
    }
    Assumptions.abort(line);
  }

  /** The output of promtool, which succeeds. */
  static String promtool(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(tool.getInputStream().readAllBytes(), UTF_8);
    if (tool.waitFor() != 0) {
      throw new AssertionError(List.of(arguments) + ": " + output);
    }
    return output;
  }

  /** The result of a query, as its API gives it; fails if it is refused. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.path("data").path("result");
  }

  /** What the API has at a path. */
  JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return json.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body());
  }

  /** Waits until it has scraped so often that a rate can be told. */
  void awaitScrapes() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!hasScraped()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError(DocumentedMeters.read(directory.resolve("log")));
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  private boolean hasScraped() throws InterruptedException {
    try {
      JsonNode counts = query("count_over_time(nhub_messages_received_total[1m])");
      return counts.path(0).path("value").path(1).asInt() >= 2;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
