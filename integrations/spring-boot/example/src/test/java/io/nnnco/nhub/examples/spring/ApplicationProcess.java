package io.nnnco.nhub.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An application in a JVM of its own, which a deployment ends by SIGTERM. */
final class ApplicationProcess implements AutoCloseable {
  private static final int SIGTERM = 128 + 15;
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "-- end of the output --";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringBuilder seen = new StringBuilder();

  ApplicationProcess(Class<?> main, String... arguments) throws IOException {
    process =
        new ProcessBuilder(
                ChildJvm.command(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), main, arguments))
            .redirectErrorStream(true)
            .start();
    Thread reader = new Thread(this::read, "output-of-application");
    reader.setDaemon(true);
    reader.start();
  }

  /** All the time, or a full pipe would block the application. */
  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
    lines.add(END);
  }

  /** Waits for a line with this text, after those that were awaited before. */
  void awaitLine(String part) throws InterruptedException {
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      seen.append(line).append('\n');
      if (line == null || line.equals(END)) {
        throw new AssertionError("There was no \"" + part + "\":\n" + seen);
      }
      if (line.contains(part)) {
        return;
      }
    }
  }

  /** What may fail with a file. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits for what it does, unless it ends. */
  void await(Condition condition) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("It has not come to it:\n" + seen + lines);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Ends it by SIGTERM, and says how long that took. */
  Duration terminate() throws InterruptedException {
    long begin = System.nanoTime();
    process.destroy();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(SIGTERM, process.exitValue());
    return took;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
