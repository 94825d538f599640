package io.nnnco.nhub.kafka.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.brokers.kafka.ConnectWorker;
import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A real Kafka, real workers with the plugin as it is published, and a fake N-Hub. */
final class WorkerFixture implements AutoCloseable {
  static final Path PLUGINS = Path.of(System.getProperty("nhub.plugins", "target"));

  private static final ObjectMapper JSON = new ObjectMapper();

  final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();
  final KafkaBroker kafka;
  final ConnectWorker worker;
  private final Path certs;

  private WorkerFixture(Path folder, KafkaBroker kafka, ConnectWorker worker) {
    this.kafka = kafka;
    this.worker = worker;
    this.certs = folder.resolve("certs");
    fake.identity().save(certs);
  }

  static WorkerFixture standalone(Path folder) {
    KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"));
    return new WorkerFixture(
        folder,
        kafka,
        ConnectWorker.standalone(
            folder.resolve("worker"),
            kafka,
            PLUGINS,
            Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider")));
  }

  static WorkerFixture distributed(Path folder, Map<String, String> properties) {
    KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"));
    return new WorkerFixture(
        folder,
        kafka,
        ConnectWorker.distributed(folder.resolve("worker"), kafka, PLUGINS, properties));
  }

  /** The configuration of a connector, as the REST interface has it. */
  Map<String, String> connector(String name) {
    Map<String, String> properties = new TreeMap<>(TaskFixture.connector(fake, certs));
    properties.put("name", name);
    properties.put(Fields.VALIDATE_CONNECTION, "false"); // A busy machine may be too slow for it.
    return properties;
  }

  /** Creates or changes a connector, and waits until its session is connected. */
  void run(Map<String, String> connector) {
    String name = connector.get("name");
    ConnectWorker.Response response = worker.put("connectors/" + name + "/config", json(connector));
    if (response.status() >= 300) {
      throw new AssertionError(response.toString());
    }
  }

  void awaitConnected(String session) {
    Eventually.isTrue(
        session + " is connected",
        () ->
            fake.session("nhub-" + session).connected()
                && !fake.session("nhub-" + session).filters().isEmpty());
  }

  JsonNode get(String path) {
    return read(worker.get(path).body());
  }

  JsonNode put(String path, Map<String, String> connector) {
    return read(worker.put(path, json(connector)).body());
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  static JsonNode value(ConsumerRecord<String, byte[]> record) {
    return read(new String(record.value(), StandardCharsets.UTF_8));
  }

  private static String json(Map<String, String> connector) {
    try {
      return JSON.writeValueAsString(connector);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    worker.close();
    kafka.close();
    fake.close();
  }
}
