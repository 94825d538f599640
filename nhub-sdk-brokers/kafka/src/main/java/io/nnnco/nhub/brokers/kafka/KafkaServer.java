package io.nnnco.nhub.brokers.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Kafka as a process: controller and broker in one, as {@link KafkaBroker} has configured it. */
final class KafkaServer {
  /** Any one: base64 of 16 bytes. */
  private static final String CLUSTER = "bmh1Yi1zZGstdGVzdHMuLg";

  private KafkaServer() {}

  /** With its properties. */
  public static void main(String[] args) throws Exception {
    Parent.endWithIt();
    format(Path.of(args[0]));
    Kafka.main(args);
  }

  private static void format(Path file) throws Exception {
    Properties properties = read(file);
    String storage = properties.getProperty("log.dirs");
    if (!Files.exists(Path.of(storage, "meta.properties"))) {
      new Formatter()
          .setPrintStream(System.out)
          .setClusterId(CLUSTER)
          .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
          .setControllerListenerName(properties.getProperty("controller.listener.names"))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .addDirectory(storage)
          .setMetadataLogDirectory(storage)
          .run();
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }
}
