package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.FakeMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in a real distributed worker, which writes in transactions. */
@Timeout(180)
class DistributedWorkerTest {
  private static @TempDir Path folder = Path.of("");
  private static @Nullable WorkerFixture running;

  private final WorkerFixture connect = requireNonNull(running);

  @BeforeAll
  static void start() {
    running = WorkerFixture.distributed(folder, Map.of("exactly.once.source.support", "enabled"));
  }

  @AfterEach
  void deleteConnectors() {
    connect.get("connectors").forEach(name -> connect.worker.delete("connectors/" + name.asText()));
  }

  @AfterAll
  static void stop() {
    requireNonNull(running).close();
  }

  @Test
  void connector_sameMessageTwiceInATransaction_bothAreAcknowledged() {
    Map<String, String> connector = connect.connector("twice");
    connector.put(Fields.VALUE, "struct"); // Two structures can be equal; two arrays cannot.
    connector.put(Fields.TOPIC, "twice-{kind}");
    connector.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    connect.run(connector);
    connect.awaitConnected("twice");
    String topic = "v4/groups/nnn.acme.master/METER-1/uplinks";
    byte[] same = "{\"timestamp_ms\":1,\"device_id\":\"METER-1\"}".getBytes(UTF_8);
    for (int i = 0; i < 50; i++) {
      connect.fake.publish(topic, same);
    }
    List<ConsumerRecord<String, byte[]>> records = connect.kafka.firstRecords(50, "twice-uplinks");
    assertEquals(
        1,
        records.stream()
            .map(record -> WorkerFixture.header(record, RecordMapper.DEDUPLICATION_KEY))
            .distinct()
            .count());
    Eventually.isTrue(
        "all acknowledged", () -> connect.fake.session("nhub-twice").unacknowledged().isEmpty());
  }

  @Test
  void connector_exactlyOnceRequired_isRefused() {
    Map<String, String> connector = connect.connector("exact");
    connector.put("exactly.once.support", "required");
    JsonNode response = connect.put("connectors/exact/config", connector);
    assertEquals(400, response.path("error_code").asInt(), response::toString);
    assertTrue(
        response.get("message").asText().contains("does not support exactly-once"),
        response::toString);
  }

  @Test
  void offsets_altered_isRefusedBecauseTheBridgeKeepsThePosition() {
    connect.run(connect.connector("offsets"));
    connect.awaitConnected("offsets");
    connect.worker.put("connectors/offsets/stop", "");
    Eventually.isTrue(
        "stopped", () -> connect.get("connectors/offsets/status").toString().contains("STOPPED"));
    JsonNode response =
        WorkerFixture.read(connect.worker.delete("connectors/offsets/offsets").body());
    assertTrue(
        response.get("message").asText().contains("doesn't support external modification"),
        response::toString);
  }

  @Test
  void tasksMax_changed_eachDeviceStaysWithItsSessionAndNothingIsLost() {
    Map<String, String> connector = connect.connector("fleet");
    List<String> devices = IntStream.rangeClosed(1, 12).mapToObj(i -> "D-" + i).toList();
    connector.put(Fields.DEVICES, String.join(",", devices));
    connector.put(Fields.SESSIONS, "4");
    connector.put(Fields.TOPIC, "fleet-{kind}");
    connector.put("tasks.max", "4");
    connect.run(connector);
    List<String> sessions = IntStream.range(0, 4).mapToObj(i -> "fleet-" + i).toList();
    sessions.forEach(connect::awaitConnected);
    List<List<String>> filters =
        sessions.stream().map(name -> connect.fake.session("nhub-" + name).filters()).toList();
    assertEquals(4, connect.get("connectors/fleet/status").get("tasks").size());
    publish(devices, 1);

    connector.put("tasks.max", "2");
    connect.run(connector);
    publish(devices, 2); // While the tasks move.
    List<ConsumerRecord<String, byte[]>> records = connect.kafka.firstRecords(24, "fleet-uplinks");
    for (String device : devices) {
      assertEquals(
          List.of(1L, 2L),
          records.stream()
              .filter(record -> record.key().equals(device))
              .map(ConsumerRecord::timestamp)
              .distinct()
              .toList());
    }
    Eventually.isTrue(
        "two tasks", () -> connect.get("connectors/fleet/status").get("tasks").size() == 2);
    sessions.forEach(connect::awaitConnected);
    assertEquals(
        filters,
        sessions.stream().map(name -> connect.fake.session("nhub-" + name).filters()).toList());
  }

  private void publish(List<String> devices, long time) {
    devices.forEach(
        device -> connect.fake.publish(FakeMessage.uplink(device).at(Instant.ofEpochMilli(time))));
  }
}
