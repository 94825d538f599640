package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.brokers.kafka.ConnectWorker;
import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StandaloneWorkerTest {
  private static final Path PLUGINS = Path.of(System.getProperty("nhub.plugins"));

  @Test
  void scratch(@TempDir Path folder) throws Exception {
    FakeNHub fake = FakeNHub.start();
    fake.identity().save(folder.resolve("certs"));
    KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"));
    ConnectWorker worker =
        ConnectWorker.standalone(folder.resolve("worker"), kafka, PLUGINS, Map.of());
    System.out.println(worker.get("connector-plugins"));
    String json = """
        {"connector.class":"NHubSourceConnector","tasks.max":"1","name":"meters",
        "nhub.mqtt":"%s:%d","nhub.enterprise":"nnn.acme","nhub.credentials.directory":"%s",
        "value.converter":"org.apache.kafka.connect.converters.ByteArrayConverter"}
        """.formatted(fake.environment().mqttHost(), fake.environment().mqttPort(), folder.resolve("certs"));
    System.out.println(worker.get("connector-plugins/NHubSourceConnector/config"));
    System.out.println(worker.put("connector-plugins/NHubSourceConnector/config/validate", json));
    System.out.println(worker.put("connectors/meters/config", json));
    fake.subscriptions().take(Duration.ofSeconds(30), io.nnnco.nhub.testkit.Criteria.where("client", io.nnnco.nhub.testkit.SubscribeRecord::clientId, "nhub-meters"));
    fake.publish(FakeMessage.uplink("A")).awaitDelivered(Duration.ofSeconds(30));
    System.out.println(kafka.firstRecords(1, "nhub.nnn.acme.uplinks"));
    System.out.println(worker.get("connectors/meters/status"));
    System.out.println(worker.get("connectors/meters/offsets"));
    worker.stop();
    System.out.println(worker.log());
    kafka.close();
    assertEquals(1, 2);
  }
}
