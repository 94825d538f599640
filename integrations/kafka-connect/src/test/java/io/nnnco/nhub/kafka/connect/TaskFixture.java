package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;

/** Tasks without a worker, and a fake N-Hub. */
final class TaskFixture implements AutoCloseable {
  static final String CLIENT_ID = "nhub-meters";

  /** Of its leaks, one is what these tests are about: messages that stay unacknowledged. */
  final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  final Map<String, String> properties = new TreeMap<>();
  private final List<NHubSourceTask> tasks = new ArrayList<>();

  /** Begins with the properties of a connector named meters. */
  TaskFixture(Path folder) {
    fake.identity().save(folder.resolve("certs"));
    properties.putAll(connector(fake, folder.resolve("certs")));
  }

  /** The properties of a connector named meters. */
  static Map<String, String> connector(FakeNHub fake, Path directory) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("name", "meters");
    properties.put("connector.class", NHubSourceConnector.class.getName());
    properties.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    properties.put(Fields.MQTT, mqtt(fake));
    properties.put(Fields.ENTERPRISE, FakeNHub.DEFAULT_ENTERPRISE);
    properties.put(Fields.DIRECTORY, directory.toString());
    properties.put(Fields.POLL_WAIT, "100");
    return properties;
  }

  static String mqtt(FakeNHub fake) {
    return fake.environment().mqttHost() + ":" + fake.environment().mqttPort();
  }

  NHubSourceTask start() {
    return start(Duration.ofDays(1));
  }

  /** One with this pause before it takes its session back. */
  NHubSourceTask start(Duration takeOverPause) {
    NHubSourceTask task = new NHubSourceTask(takeOverPause);
    tasks.add(task);
    task.start(properties);
    return task;
  }

  NHubSourceTask startSubscribed() {
    NHubSourceTask task = start();
    Eventually.isTrue("subscribed", () -> !fake.session(CLIENT_ID).filters().isEmpty());
    Eventually.isTrue("connected", () -> fake.session(CLIENT_ID).connected());
    return task;
  }

  /** Publishes uplinks of a device, with the times 1, 2, 3 … milliseconds. */
  void publish(String device, int first, int last) {
    for (int i = first; i <= last; i++) {
      fake.publish(FakeMessage.uplink(device).at(Instant.ofEpochMilli(i)));
    }
  }

  void publishUndecodable(String device) {
    fake.publish(
        "v4/groups/" + FakeNHub.DEFAULT_ENTERPRISE + ".master/" + device + "/uplinks",
        "not JSON".getBytes(UTF_8));
  }

  /** Polls until there are so many, as a worker does; commits none. */
  static List<SourceRecord> poll(NHubSourceTask task, int count) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    long end = System.nanoTime() + Eventually.SOON.toNanos();
    while (records.size() < count) {
      List<SourceRecord> some = task.poll();
      if (some != null) {
        records.addAll(some);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(records.size() + " of " + count + " records");
      }
    }
    return records;
  }

  /** Tells the task that Kafka has them. */
  static void commit(NHubSourceTask task, List<SourceRecord> records) {
    for (SourceRecord each : records) {
      task.commitRecord(
          each, new RecordMetadata(new TopicPartition(each.topic(), 0), 0, 0, 0, 0, 0));
    }
  }

  void awaitAcknowledged(int count) {
    Eventually.isTrue(count + " acknowledged", () -> fake.acks().all().size() >= count);
  }

  static List<Long> times(List<SourceRecord> records) {
    return records.stream().map(SourceRecord::timestamp).toList();
  }

  @Override
  public void close() {
    tasks.forEach(NHubSourceTask::stop);
    fake.close();
  }
}
