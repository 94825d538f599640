package io.nnnco.nhub.examples.kafka;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The example with its own settings, against servers on this machine. */
public final class KafkaSinkProcess {
  private KafkaSinkProcess() {}

  /** With the bridge's port, the credentials, the enterprise, Kafka's address, and a folder. */
  public static void main(String[] args) throws Exception {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    Properties kafka = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("../kafka-example/producer.properties"))) {
      kafka.load(file);
    }
    kafka.put("bootstrap.servers", args[3]);
    try (NHubClient nhub =
        NHubClient.builder(NHubEnvironment.at(noApi, "localhost", Integer.parseInt(args[0])))
            .credentials(ClientIdentity.load(Path.of(args[1])))
            .build()) {
      KafkaSink.run(nhub, args[2], kafka, Path.of(args[4], "refused.jsonl"));
    }
  }
}
