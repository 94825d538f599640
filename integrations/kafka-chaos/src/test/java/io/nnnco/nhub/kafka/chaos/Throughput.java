package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.brokers.kafka.KafkaTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How fast each road empties the queue of a bridge into Kafka, beside Kafka's own producer, which
 * has its records in memory: {@code nhub-sdk-benchmarks/kafka.sh}.
 */
final class Throughput {
  private static final int DEVICES = 1_000;
  private static final List<String> LARGE = List.of("-Xmx512m");

  private final Fleet fleet;
  private final Path folder;

  private Throughput(Fleet fleet, Path folder) {
    this.fleet = fleet;
    this.folder = folder;
  }

  /** With the number of messages. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("throughput");
    Fleet fleet = new Fleet(DEVICES, Integer.parseInt(args[0]));
    new Throughput(fleet, folder).run();
    System.exit(0);
  }

  private void run() throws Exception {
    int bytes = Fleet.payload(0, 0).length;
    System.out.printf("%,d messages of %d bytes, acks=all, idempotent%n", fleet.messages(), bytes);
    try (KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"), LARGE)) {
      kafka.createTopic("alone", 6);
      System.out.println(
          KafkaTool.run(
              "org.apache.kafka.tools.ProducerPerformance",
              "--topic", "alone",
              "--num-records", String.valueOf(fleet.messages()),
              "--record-size", String.valueOf(bytes),
              "--throughput", "-1",
              "--command-property", "bootstrap.servers=" + kafka.bootstrapServers(),
              "--command-property", "acks=all",
              "--command-property", "enable.idempotence=true"));
    }
    measure("Connect", true);
    measure("program", false);
  }

  private void measure(String name, boolean connect) throws Exception {
    Path own = folder.resolve(name);
    try (KafkaBroker kafka = KafkaBroker.start(own.resolve("kafka"), LARGE);
        Mosquitto bridge = new Mosquitto(own.resolve("mosquitto"))) {
      kafka.createTopic(Fleet.RECORDS, 6);
      Arrivals arrivals = new Arrivals(fleet);
      try (Road road =
              connect
                  ? new ConnectRoad(own.resolve("road"), kafka, bridge, 1, LARGE)
                  : new SinkRoad(own.resolve("road"), kafka.bootstrapServers(), bridge, LARGE);
          Reader reader = new Reader(kafka.bootstrapServers(), arrivals)) {
        road.start();
        bridge.awaitSubscriber();
        road.kill();
        Flood.start(fleet, bridge.devicePort(), fleet::messages).get();
        road.killAndRestart(new Random(0));
        reader.awaitDistinct(fleet.messages() / 10); // It has started, and is compiled.
        long began = System.nanoTime();
        int before = arrivals.distinct();
        reader.awaitDistinct(fleet.messages());
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%s: %,.0f messages/s, %s%n",
            name, (fleet.messages() - before) / seconds, arrivals.verdict());
      }
    }
  }
}
