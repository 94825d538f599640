package io.nnnco.nhub.examples.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes every message to Kafka; the bridge keeps it until Kafka has it. See docs/kafka.md. */
public final class KafkaSink {
  /** Until it is killed, by which it loses nothing. */
  public static void main(String... arguments) throws Exception {
    Properties kafka = new Properties();
    kafka.load(Files.newBufferedReader(Path.of(System.getenv("KAFKA_PROPERTIES"))));
    try (NHubClient nhub =
        NHubClient.builder(NHubEnvironment.of(System.getenv("NHUB_ENVIRONMENT")))
            .credentials(ClientIdentity.load(Path.of(System.getenv("NHUB_CERTS"))))
            .build()) {
      run(nhub, System.getenv("NHUB_ENTERPRISE"), kafka, Path.of("refused.jsonl"));
    }
  }

  static void run(NHubClient nhub, String enterprise, Properties kafka, Path file)
      throws Exception {
    try (DeadLetterFile refused = DeadLetterFile.open(file);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .retryForever(Duration.ofSeconds(30))
              .giveUpOn(RecordTooLargeException.class, InvalidTopicException.class)
              .giveUpOn(InvalidTimestampException.class, IllegalArgumentException.class)
              .thenHandOver(refused);
      nhub.subscribeAsync(
              SubscribeOptions.builder(enterprise)
                  .allKinds()
                  .durable("kafka-sink", Duration.ofDays(3))
                  .failurePolicy(policy)
                  .build(),
              (message, delivery) -> {
                CompletableFuture<Exception> failed = new CompletableFuture<>(); // null: written
                producer.send(record(message, delivery), (written, why) -> failed.complete(why));
                return failed.thenCompose(
                    why -> why == null ? completedStage(null) : failedStage(why));
              })
          .awaitClosed();
    }
  }

  private static ProducerRecord<String, byte[]> record(DeviceMessage message, Delivery delivery) {
    DeviceTopic from = DeviceTopic.parse(delivery.topic()).orElseThrow();
    String topic = "nhub." + from.enterprise() + "." + from.level();
    long time = message.timestamp().toEpochMilli();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, null, time, from.deviceId(), delivery.payload());
    record.headers().add("nhub.deduplication.key", delivery.deduplicationKey().getBytes(UTF_8));
    return record;
  }
}
