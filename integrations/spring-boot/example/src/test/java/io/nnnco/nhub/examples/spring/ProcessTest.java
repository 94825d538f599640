package io.nnnco.nhub.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.examples.load.LoadApplication;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, ended by SIGTERM, as a deployment ends them. */
class ProcessTest {
  private static final int SIGTERM = 128 + 15;
  private static final int ROUNDS = Integer.getInteger("nhub.sigterm.rounds", 4);
  private static final int DEVICES = 20;

  private static Process start(Class<?> main, String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(
                ChildJvm.command(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), main, arguments))
            .redirectErrorStream(true)
            .start();
    // A line that never comes is a failure, not a hang.
    CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(process::destroyForcibly);
    return process;
  }

  private static void awaitLine(BufferedReader output, String part) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      all.append(line).append('\n');
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("The process ended without \"" + part + "\":\n" + all);
  }

  private static void terminate(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertEquals(SIGTERM, process.exitValue());
  }

  @Test
  void example_onTheFake_logsUplinksUntilSigterm() throws Exception {
    Process process =
        start(Application.class, "--nhub.fake.enabled=true", "--nhub.fake.every=200ms");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      awaitLine(output, "Started N-Hub listeners: application.log");
      awaitLine(output, ": [");
      terminate(process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void sigterm_underLoad_losesNothingAndKeepsTheOrder(@TempDir Path directory) throws Exception {
    Path handled = directory.resolve("handled");
    Path certs = directory.resolve("certs");
    try (FakeNHub fake = FakeNHub.builder().leakCheck(false).start()) {
      fake.identity().save(certs);
      String[] arguments = {
        "--handled=" + handled,
        "--nhub.api-url=" + fake.environment().api(),
        "--nhub.mqtt=localhost:" + fake.environment().mqttPort(),
        "--nhub.environment=",
        "--nhub.credentials.directory=" + certs
      };
      AtomicBoolean enough = new AtomicBoolean();
      Set<String> published = new LinkedHashSet<>();
      Thread load = null;
      for (int round = 0; round <= ROUNDS; round++) {
        Process process = start(LoadApplication.class, arguments);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
          awaitLine(output, "Started N-Hub listeners");
          await(() -> fake.subscriptions().all().size() > 0);
          if (load == null) {
            load = new Thread(() -> publish(fake, published, enough));
            load.start();
          }
          int before = lines(handled).size();
          await(() -> lines(handled).size() > before + 100);
          if (round == ROUNDS) {
            enough.set(true);
            load.join();
            await(() -> new LinkedHashSet<>(lines(handled)).size() >= published.size());
          }
          terminate(process);
        } finally {
          enough.set(round == ROUNDS);
          process.destroyForcibly();
        }
      }
      Set<String> first = new LinkedHashSet<>(lines(handled));
      assertEquals(byDevice(published), byDevice(first));
    }
  }

  private static void publish(FakeNHub fake, Set<String> published, AtomicBoolean enough) {
    for (long n = 0; !enough.get(); n++) {
      String device = "device-" + n % DEVICES;
      fake.publish(FakeMessage.uplink(device).reading("n", n, null));
      published.add(device + " " + n);
      LockSupport.parkNanos(500_000);
    }
  }

  /** The numbers of each device in the order in which they were first seen. */
  private static Map<String, List<String>> byDevice(Set<String> lines) {
    Map<String, List<String>> numbers = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split(" ", -1);
      numbers.computeIfAbsent(parts[0], device -> new ArrayList<>()).add(parts[1]);
    }
    return numbers;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** What may fail with a file. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "not within 60 s");
      LockSupport.parkNanos(20_000_000);
    }
  }
}
