package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.brokers.kafka.KafkaTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast each road empties the queue of a bridge into Kafka, beside Kafka's own producer, which
 * has its records in memory: {@code nhub-sdk-benchmarks/kafka.sh}.
 */
final class Throughput {
  private static final int DEVICES = 1_000;
  private static final int PARTITIONS = 6;
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
      kafka.createTopic("alone", PARTITIONS);
      System.out.println(
          KafkaTool.run(
              "org.apache.kafka.tools.ProducerPerformance",
              "--topic",
              "alone",
              "--num-records",
              String.valueOf(fleet.messages()),
              "--record-size",
              String.valueOf(bytes),
              "--throughput",
              "-1",
              "--command-property",
              "bootstrap.servers=" + kafka.bootstrapServers(),
              "acks=all",
              "enable.idempotence=true"));
    }
    measure("Connect", true);
    measure("program", false);
  }

  private void measure(String name, boolean connect) throws Exception {
    Path own = folder.resolve(name);
    try (KafkaBroker kafka = KafkaBroker.start(own.resolve("kafka"), LARGE);
        Mosquitto bridge = new Mosquitto(own.resolve("mosquitto"))) {
      kafka.createTopic(Fleet.RECORDS, PARTITIONS);
      try (Road road =
              connect
                  ? new ConnectRoad(own.resolve("road"), kafka, bridge, 1, LARGE)
                  : new SinkRoad(own.resolve("road"), kafka.bootstrapServers(), bridge, LARGE);
          Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        road.start();
        bridge.awaitSubscriber();
        road.kill();
        Flood.start(fleet, bridge.devicePort(), fleet::messages).get();
        road.killAndRestart(new Random(0));
        long before = awaitRecords(admin, fleet.messages() / 5); // Started, and compiled.
        long began = System.nanoTime();
        long after = awaitRecords(admin, fleet.messages());
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%s: %,.0f records/s%n", name, (after - before) / seconds);
      }
    }
  }

  /** Without reading them, which would take the processor's time. */
  private static long awaitRecords(Admin admin, long count) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(Fleet.RECORDS, partition), OffsetSpec.latest());
    }
    while (true) {
      long records =
          admin.listOffsets(ends).all().get().values().stream()
              .mapToLong(ListOffsetsResultInfo::offset)
              .sum();
      if (records >= count) {
        return records;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
