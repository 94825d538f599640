package io.nnnco.nhub.kafka.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.kafka.chaos.Arrivals.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Messages flow from a real MQTT server to a real Kafka while what is between is killed, and Kafka
 * is stopped once. Small in the build; chaos.sh has the long form.
 */
abstract class Chaos {
  private static final int DEVICES = 500;
  private static final int KILLS = Integer.getInteger("chaos.kills", 3);
  private static final int OUTAGE_SECONDS = Integer.getInteger("chaos.outage.seconds", 5);

  /** A heap of 256 MiB, and what a virtual machine has beside it. */
  private static final long MOST_BYTES = 512L << 20;

  private final Fleet fleet = new Fleet(DEVICES, Integer.getInteger("chaos.messages", 50_000));

  /** So many messages are on their way when something is killed, or Kafka is stopped. */
  private final int ahead = fleet.messages() / (2 * KILLS + 4);

  private final AtomicInteger allowed = new AtomicInteger();
  private final Arrivals arrivals = new Arrivals(fleet);
  private final long seed = Long.getLong("chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final long began = System.nanoTime();

  private final Path folder;
  private KafkaBroker kafka;
  private Mosquitto bridge;
  private Road road;

  Chaos(Path folder) {
    this.folder = folder;
  }

  abstract Road road(Path own, KafkaBroker broker, Mosquitto mosquitto);

  @BeforeEach
  void start() {
    kafka = KafkaBroker.start(folder.resolve("kafka"));
    kafka.createTopic(Fleet.RECORDS, 6);
    bridge = new Mosquitto(folder.resolve("mosquitto"));
    road = road(folder.resolve("road"), kafka, bridge);
    road.start();
    bridge.awaitSubscriber();
  }

  @AfterEach
  void stop() {
    road.close();
    bridge.close();
    kafka.close();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void killedAtRandom_andKafkaStopped_nothingIsLostAndEachDeviceKeepsItsOrder() throws Exception {
    say("%,d messages of %,d devices, seed %d".formatted(fleet.messages(), DEVICES, seed));
    try (Reader reader = new Reader(kafka.bootstrapServers(), arrivals)) {
      CompletableFuture<Void> sent = Flood.start(fleet, bridge.devicePort(), allowed::get);
      for (int kill = 1; kill <= KILLS; kill++) {
        flowUntil(reader, (int) (fleet.messages() * (kill - random.nextDouble()) / (KILLS + 1)));
        say("kill %d at %,d".formatted(kill, arrivals.distinct()));
        road.killAndRestart(random);
        if (kill == (KILLS + 1) / 2) {
          road.awaitRestarted(); // A worker that starts without Kafka ends.
          flowUntil(reader, allowed.get() + 1);
          stopKafka();
        }
      }
      allowed.set(fleet.messages());
      sent.get();
      reader.awaitDistinct(fleet.messages());
    }
    say("%s, %,d duplicates".formatted(arrivals.verdict(), arrivals.duplicates()));
    assertEquals(Verdict.GOOD, arrivals.verdict());
  }

  /** Until so many have arrived, and more are on their way. */
  private void flowUntil(Reader reader, int arrived) {
    int target = Math.max(arrived, arrivals.distinct() + 1);
    allowed.accumulateAndGet(target + ahead, Math::max);
    reader.awaitDistinct(target);
  }

  private void stopKafka() throws InterruptedException {
    kafka.stop();
    int before = arrivals.distinct();
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    long bytes = road.residentBytes();
    say(
        "Kafka is away, at %,d, for %d s; memory %,d MiB"
            .formatted(before, OUTAGE_SECONDS, bytes >> 20));
    assertTrue(bytes < MOST_BYTES, () -> bytes + " bytes of memory");
    kafka.startAgain();
  }

  /** In the log of the tests, and in a file that a person reads after the long form. */
  private void say(String what) {
    String line =
        "%s %4d s  %s"
            .formatted(
                getClass().getSimpleName(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                what);
    System.out.println(line);
    try {
      Files.writeString(
          Path.of("target", "chaos.txt"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
