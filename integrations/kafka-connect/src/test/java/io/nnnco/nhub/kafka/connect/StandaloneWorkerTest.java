package io.nnnco.nhub.kafka.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.FakeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in a real standalone worker. */
@Timeout(180)
class StandaloneWorkerTest {
  private static final String UPLINKS = "nhub.nnn.acme.uplinks";
  private static final Instant TIME = Instant.parse("2026-03-17T02:03:04.567Z");

  private static @TempDir Path folder = Path.of("");
  private static @Nullable WorkerFixture running;

  private final WorkerFixture connect = requireNonNull(running);

  @BeforeAll
  static void start() {
    running = WorkerFixture.standalone(folder);
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
  void connectorPlugins_get_hasTheSourceWithItsVersion() {
    JsonNode plugin = connect.get("connector-plugins").get(0);
    assertEquals(NHubSourceConnector.class.getName(), plugin.get("class").asText());
    assertEquals("source", plugin.get("type").asText());
    assertEquals(Version.VALUE, plugin.get("version").asText());
    assertTrue(Version.VALUE.matches("\\d+\\.\\d+\\.\\d+.*"), Version.VALUE);
  }

  @Test
  void connectorPluginsConfig_get_documentsEachField() {
    Map<String, String> documented = new HashMap<>();
    connect
        .get("connector-plugins/NHubSourceConnector/config")
        .forEach(
            field ->
                documented.put(field.get("name").asText(), field.get("documentation").asText()));
    for (ConfigDef.ConfigKey field : Fields.DEFINITION.configKeys().values()) {
      assertEquals(field.documentation, documented.get(field.name));
    }
  }

  @Test
  void configValidate_wrongToken_isAnErrorOfTheToken() {
    Map<String, String> connector = connect.connector("mistake");
    connector.put(Fields.VALIDATE_CONNECTION, "true");
    connector.remove(Fields.DIRECTORY);
    connector.put(Fields.USERNAME, connect.fake.apiKey("nnn.acme").username());
    connector.put(Fields.TOKEN, "not-the-token");
    connector.put(Fields.CA, connect.fake.caCertificatePem());
    JsonNode validated =
        connect.put("connector-plugins/NHubSourceConnector/config/validate", connector);
    assertEquals(1, validated.get("error_count").asInt());
    for (JsonNode field : validated.get("configs")) {
      JsonNode value = field.get("value");
      boolean token = value.get("name").asText().equals(Fields.TOKEN);
      assertEquals(token ? 1 : 0, value.get("errors").size(), value::toString);
      if (token) {
        assertTrue(value.get("errors").get(0).asText().contains("user name"), value::toString);
        assertEquals("[hidden]", value.get("value").asText());
      }
    }
  }

  @Test
  void connectorsConfig_putWithAProducerThatGivesUp_isRefused() {
    Map<String, String> connector = connect.connector("careless");
    connector.put("producer.override.max.block.ms", "60000");
    JsonNode response = connect.put("connectors/careless/config", connector);
    assertEquals(400, response.path("error_code").asInt(), response::toString);
    assertTrue(response.get("message").asText().contains("gives up"), response::toString);
  }

  @Test
  void connector_configuredByAProvider_neverShowsTheToken() throws IOException {
    String token = connect.fake.apiKey("nnn.acme").token().reveal();
    Path secrets = Files.writeString(folder.resolve("secrets.properties"), "token=" + token);
    Map<String, String> connector = connect.connector("secret");
    connector.remove(Fields.DIRECTORY);
    connector.put(Fields.USERNAME, connect.fake.apiKey("nnn.acme").username());
    connector.put(Fields.TOKEN, "${file:" + secrets + ":token}");
    connector.put(Fields.CA, connect.fake.caCertificatePem());
    connect.run(connector);
    connect.awaitConnected("secret");
    for (String path : List.of("", "/config", "/status", "/tasks")) {
      String shown = connect.get("connectors/secret" + path).toString();
      assertFalse(shown.contains(token), path);
    }
    assertFalse(connect.worker.log().contains(token));
  }

  @Test
  void connector_tooLargeForTheProducerAndTolerated_isDroppedAndOthersGoOn() {
    Map<String, String> connector = connect.connector("large");
    connector.put(Fields.TOPIC, "large-{kind}");
    connector.put("errors.tolerance", "all");
    connector.put("producer.override.max.request.size", "2000");
    connect.run(connector);
    connect.awaitConnected("large");
    connect
        .fake
        .publish(FakeMessage.uplink("METER-5").at(TIME).field("text", "x".repeat(2_000)))
        .awaitDelivered(Eventually.SOON);
    connect.fake.publish(FakeMessage.uplink("METER-6").at(TIME));
    assertEquals("METER-6", connect.kafka.firstRecords(1, "large-uplinks").get(0).key());
  }

  @Test
  void connector_deletedAndCreatedAgain_hasWhatItMissed() {
    Map<String, String> connector = connect.connector("again");
    connector.put(Fields.TOPIC, "again-{kind}");
    connect.run(connector);
    connect.awaitConnected("again");
    connect.worker.delete("connectors/again");
    Eventually.isTrue("gone", () -> !connect.fake.session("nhub-again").connected());
    connect.fake.publish(FakeMessage.uplink("METER-7").at(TIME));
    connect.run(connector);
    assertEquals("METER-7", connect.kafka.firstRecords(1, "again-uplinks").get(0).key());
  }

  @Test
  void connector_uplink_isARecordOfItsDeviceWithItsBytes() {
    connect.run(connect.connector("bytes"));
    connect.awaitConnected("bytes");
    byte[] odd = "{ \"timestamp_ms\": 1773713784567, \"device_id\": \"METER-1\" }".getBytes(UTF_8);
    String topic = "v4/groups/nnn.acme.master/METER-1/uplinks";
    connect.fake.publish(topic, odd);

    ConsumerRecord<String, byte[]> record = connect.kafka.firstRecords(1, UPLINKS).get(0);
    assertEquals("METER-1", record.key());
    assertArrayEquals(odd, record.value());
    assertEquals(1_773_713_784_567L, record.timestamp());
    assertEquals("uplinks", WorkerFixture.header(record, "nhub.kind"));
    assertEquals("nnn.acme", WorkerFixture.header(record, "nhub.enterprise"));
    assertEquals(topic, WorkerFixture.header(record, "nhub.topic"));
    assertEquals("1", WorkerFixture.header(record, "nhub.qos"));
    assertEquals("false", WorkerFixture.header(record, "nhub.redelivered"));
    assertTrue(WorkerFixture.header(record, "nhub.deduplication.key").startsWith(topic + "/"));
    JsonNode status = connect.get("connectors/bytes/status");
    assertEquals("RUNNING", status.get("tasks").get(0).get("state").asText());
  }

  @Test
  void connector_struct_isJsonWithItsSchema() {
    Map<String, String> connector = connect.connector("struct");
    connector.put(Fields.VALUE, "struct");
    connector.put(Fields.TOPIC, "struct-{kind}");
    connector.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    connector.put("value.converter.schemas.enable", "true");
    connect.run(connector);
    connect.awaitConnected("struct");
    connect.fake.publish(
        FakeMessage.uplink("METER-2")
            .at(TIME)
            .reading("temperature", 22.5, "°C")
            .radio(-95, 7.5, "gateway-1")
            .location(-33.9, 151.2));

    JsonNode value = WorkerFixture.value(connect.kafka.firstRecords(1, "struct-uplinks").get(0));
    assertEquals("io.nnnco.nhub.Uplink", value.get("schema").get("name").asText());
    assertEquals(1, value.get("schema").get("version").asInt());
    JsonNode uplink = value.get("payload");
    assertEquals("METER-2", uplink.get("device_id").asText());
    assertEquals(TIME.toEpochMilli(), uplink.get("timestamp").asLong());
    JsonNode reading = uplink.get("readings").get(0);
    assertEquals("temperature", reading.get("channel_id").asText());
    assertEquals(22.5, reading.get("number").asDouble());
    assertEquals("22.5", reading.get("value").asText());
    assertEquals("°C", reading.get("unit").asText());
    assertEquals(-95, uplink.get("network_metadata").get("rssi").asInt());
    assertEquals(151.2, uplink.get("location").get("longitude").asDouble());
  }

  @Test
  void connector_filteredByATransform_isAcknowledgedAndNotInKafka() {
    Map<String, String> connector = connect.connector("filtered");
    connector.put(Fields.KINDS, "joins");
    connector.put("transforms", "drop");
    connector.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
    connector.put("transforms.drop.predicate", "early");
    connector.put("predicates", "early");
    connector.put(
        "predicates.early.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    connector.put("predicates.early.pattern", ".*joins");
    connect.run(connector);
    connect.awaitConnected("filtered");
    connect.fake.publish(FakeMessage.join("METER-3").at(TIME)).awaitDelivered(Eventually.SOON);
  }

  @Test
  void connector_undecodable_theTaskFailsWithTheCode() {
    Map<String, String> connector = connect.connector("strict");
    connect.run(connector);
    connect.awaitConnected("strict");
    connect.fake.publish("v4/groups/nnn.acme.master/METER-4/uplinks", "not JSON".getBytes(UTF_8));
    Eventually.isTrue(
        "failed",
        () ->
            connect
                .get("connectors/strict/status")
                .get("tasks")
                .path(0)
                .path("state")
                .asText()
                .equals("FAILED"));
    String trace =
        connect.get("connectors/strict/status").get("tasks").get(0).get("trace").asText();
    assertTrue(trace.contains("NHUB-MSG-001"), trace);
  }

  @Test
  void pluginPathTool_list_findsTheSourceByItsServiceFile() throws Exception {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "org.apache.kafka.tools.ConnectPluginPath",
                "list",
                "--plugin-path",
                WorkerFixture.PLUGINS.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String listed = new String(tool.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, tool.waitFor());
    List<String> rows =
        listed.lines().filter(line -> line.contains(NHubSourceConnector.class.getName())).toList();
    assertEquals(1, rows.size(), listed);
    assertTrue(rows.get(0).contains(Version.VALUE), listed);
    assertTrue(rows.get(0).matches(".*\\btrue\\b.*\\btrue\\b.*"), listed);
  }

  /** Of Kafka's tools, as the build has noted it. */
  private static String classPath() throws IOException {
    String resource = "/io/nnnco/nhub/brokers/nhub-sdk-brokers-kafka.class-path";
    try (InputStream file = requireNonNull(WorkerFixture.class.getResourceAsStream(resource))) {
      return new String(file.readAllBytes(), UTF_8).strip();
    }
  }
}
