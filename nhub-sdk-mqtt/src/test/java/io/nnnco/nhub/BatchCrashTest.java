package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed between the end of its work and the acknowledgement. */
class BatchCrashTest {
  private static final int MESSAGES = 50;
  private static final int SIZE = 10;
  private static final String STORED = "stored ";
  private static final String CONNECTED = "connected";

  @Test
  @Timeout(120)
  void killedAfterTheWork_beforeTheAcknowledgement_repeatsThatBatch_andLosesNothing(
      @TempDir Path folder) throws IOException, InterruptedException {
    try (FakeNHub fake = FakeNHub.start()) {
      fake.identity(DEFAULT_ENTERPRISE).save(folder);
      List<List<Integer>> before = new ArrayList<>();
      List<List<Integer>> after = new ArrayList<>();
      Process first = start(fake, folder, 3);
      try (BufferedReader lines = first.inputReader()) {
        await(lines);
        for (int i = 0; i < MESSAGES; i++) {
          fake.publish(FakeMessage.uplink("METER-" + i % 7).at(Instant.ofEpochMilli(i)))
              .deliveries();
        }
        read(lines, before, stored -> stored.size() == 3 * SIZE);
      }
      first.destroyForcibly().waitFor();
      assertEquals(3, before.size());
      Set<Integer> owed = new TreeSet<>(IntStream.range(0, MESSAGES).boxed().toList());
      before.subList(0, 2).forEach(owed::removeAll);
      assertTrue(owed.containsAll(before.get(2)));
      Process second = start(fake, folder, Integer.MAX_VALUE);
      try (BufferedReader lines = second.inputReader()) {
        read(lines, after, stored -> stored.containsAll(owed));
      }
      second.getOutputStream().close();
      assertTrue(second.waitFor(60, TimeUnit.SECONDS), "it closes in order, and so acknowledges");
    }
  }

  private static void await(BufferedReader lines) throws IOException {
    assertEquals(CONNECTED, lines.readLine());
  }

  /** Reads what the program stores, until that is all that is asked for. */
  private static void read(
      BufferedReader lines, List<List<Integer>> batches, Predicate<Set<Integer>> enough)
      throws IOException {
    Set<Integer> stored = new TreeSet<>();
    while (!enough.test(stored)) {
      String line = lines.readLine();
      assertNotNull(line, () -> "It has ended, and stored " + batches);
      if (line.startsWith(STORED)) {
        List<Integer> batch =
            Stream.of(line.substring(STORED.length()).split(",", -1))
                .map(Integer::valueOf)
                .toList();
        batches.add(batch);
        stored.addAll(batch);
      }
    }
  }

  private static Process start(FakeNHub fake, Path folder, int hangsAt) throws IOException {
    NHubEnvironment environment = fake.environment();
    return new ProcessBuilder(
            ChildJvm.command(
                List.of("-XX:TieredStopAtLevel=1"),
                Program.class,
                environment.api().toString(),
                environment.mqttHost(),
                String.valueOf(environment.mqttPort()),
                folder.toString(),
                String.valueOf(hangsAt)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Stores batches by printing them; after so many, its handler does not return. */
  static final class Program {
    private static int batches;

    private Program() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      NHubEnvironment environment =
          NHubEnvironment.at(URI.create(args[0]), args[1], Integer.parseInt(args[2]));
      int hangsAt = Integer.parseInt(args[4]);
      SubscribeOptions options =
          SubscribeOptions.builder(DEFAULT_ENTERPRISE)
              .durable("batch-crash", Duration.ofHours(1))
              .build();
      try (NHubClient nhub =
          NHubClient.builder(environment)
              .credentials(ClientIdentity.load(Path.of(args[3])))
              .build()) {
        nhub.subscribeBatches(
                options,
                BatchOptions.of(SIZE, Duration.ofMillis(500)),
                batch -> store(batch, hangsAt))
            .awaitConnected(Duration.ofSeconds(30));
        System.out.println(CONNECTED);
        assertEquals(-1, System.in.read());
      }
    }

    private static void stay() throws InterruptedException {
      assertFalse(new CountDownLatch(1).await(5, TimeUnit.MINUTES));
    }

    private static void store(List<DeliveredMessage> batch, int hangsAt)
        throws InterruptedException {
      System.out.println(
          STORED
              + String.join(
                  ",",
                  batch.stream()
                      .map(each -> String.valueOf(each.message().timestamp().toEpochMilli()))
                      .toList()));
      batches++;
      if (batches == hangsAt) {
        stay();
      }
    }
  }
}
