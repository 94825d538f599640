package io.nnnco.nhub.examples.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import io.nnnco.nhub.testkit.Criteria;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example with its own settings, between a fake N-Hub and a real Kafka. */
@Timeout(120)
class KafkaSinkTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> DEVICES = List.of("METER-1", "METER-2", "METER-3", "METER-4");
  private static final String UPLINKS = "nhub.nnn.acme.uplinks";

  private final Path folder;
  private final KafkaBroker kafka;
  private final FakeNHub fake = FakeNHub.start();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment()).credentials(fake.identity()).build();
  private CompletableFuture<Void> running = new CompletableFuture<>();

  KafkaSinkTest(@TempDir Path folder) {
    this.folder = folder;
    this.kafka = KafkaBroker.start(folder.resolve("kafka"));
  }

  @AfterEach
  void stop() {
    nhub.close();
    running.join();
    fake.close();
    kafka.close();
  }

  /** Runs the example until the client is closed. */
  private void run(Map<String, String> changed) throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("producer.properties"))) {
      settings.load(file);
    }
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.putAll(changed);
    Path refused = folder.resolve("refused.jsonl");
    running =
        CompletableFuture.runAsync(
            () -> {
              try {
                KafkaSink.run(nhub, FakeNHub.DEFAULT_ENTERPRISE, settings, refused);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    fake.subscriptions().take(SOON);
  }

  private List<PublishReceipt> eachSends(int first, int last) {
    List<PublishReceipt> receipts = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      for (String device : DEVICES) {
        receipts.add(fake.publish(FakeMessage.uplink(device).at(Instant.ofEpochMilli(i))));
      }
    }
    return receipts;
  }

  private static void awaitAcknowledged(List<PublishReceipt> receipts) {
    receipts.forEach(receipt -> receipt.awaitDelivered(SOON));
  }

  private static Map<String, List<Integer>> timesByDevice(
      List<ConsumerRecord<String, byte[]>> all) {
    return all.stream()
        .collect(
            groupingBy(ConsumerRecord::key, mapping(record -> (int) record.timestamp(), toList())));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void run_messagesOfEachKind_areRecordsOfTheirDevicesInATopicPerKind() throws Exception {
    run(Map.of());
    Instant time = Instant.parse("2026-03-17T02:03:04.567Z");
    fake.publish(FakeMessage.uplink("METER-1").at(time)).awaitDelivered(SOON);
    fake.publish(FakeMessage.join("METER-2").at(time)).awaitDelivered(SOON);
    byte[] odd = "{ \"timestamp_ms\": 1, \"device_id\": \"METER-3\" }".getBytes(UTF_8);
    fake.publish("v4/groups/nnn.acme.master/METER-3/alarms", odd).awaitDelivered(SOON);

    ConsumerRecord<String, byte[]> uplink = kafka.firstRecords(1, UPLINKS).get(0);
    assertEquals("METER-1", uplink.key());
    assertEquals(time.toEpochMilli(), uplink.timestamp());
    ConsumerRecord<String, byte[]> join = kafka.firstRecords(1, "nhub.nnn.acme.joins").get(0);
    assertEquals("METER-2", join.key());
    ConsumerRecord<String, byte[]> alarm = kafka.firstRecords(1, "nhub.nnn.acme.alarms").get(0);
    assertArrayEquals(odd, alarm.value());
    assertEquals(
        "v4/groups/nnn.acme.master/METER-3/alarms/"
            + "5133336c0fa611842f61024e5983857ae55c8a8922c736004d3652a30333c180",
        header(alarm, "nhub.deduplication.key"));
  }

  @Test
  void run_kafkaIsAwayAndBack_nothingIsGivenUpAndEachDeviceKeepsItsOrder() throws Exception {
    run(Map.of("delivery.timeout.ms", "2000", "request.timeout.ms", "1000", "linger.ms", "0"));
    awaitAcknowledged(eachSends(1, 5));
    kafka.stop();
    List<PublishReceipt> waiting = eachSends(6, 10);
    awaitHealth(Reason.HANDLER_OUTAGE);
    fake.acks().verify(5 * DEVICES.size(), Criteria.any());

    kafka.startAgain();
    awaitAcknowledged(waiting);
    Map<String, List<Integer>> times =
        timesByDevice(kafka.firstRecords(10 * DEVICES.size(), UPLINKS));
    List<Integer> oneToTen = IntStream.rangeClosed(1, 10).boxed().toList();
    assertEquals(Set.copyOf(DEVICES), times.keySet());
    times.forEach(
        (device, all) -> assertEquals(oneToTen, all.stream().distinct().toList(), device));
    awaitHealth(Reason.RECEIVING);
  }

  /** No event tells the client's health. */
  private void awaitHealth(Reason reason) {
    long end = System.nanoTime() + SOON.toNanos();
    while (nhub.health().reason() != reason) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not " + reason + " but " + nhub.health());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void run_kafkaRefusesARecord_itIsInTheFileAndOthersGoOn() throws Exception {
    run(Map.of("max.request.size", "2000"));
    fake.publish(FakeMessage.uplink("METER-1").field("text", "x".repeat(2_000)))
        .awaitDelivered(SOON);
    awaitAcknowledged(eachSends(1, 1));

    assertEquals(DEVICES.size(), timesByDevice(kafka.firstRecords(DEVICES.size(), UPLINKS)).size());
    List<String> refused = Files.readAllLines(folder.resolve("refused.jsonl"));
    assertEquals(1, refused.size(), refused::toString);
  }
}
