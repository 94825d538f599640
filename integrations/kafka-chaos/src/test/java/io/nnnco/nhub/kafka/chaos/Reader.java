package io.nnnco.nhub.kafka.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what arrives in Kafka, from the beginning, as it comes. */
final class Reader implements AutoCloseable {
  /** Longer than an outage and all that follows. */
  private static final long PATIENCE_SECONDS = 120;

  private final Arrivals arrivals;
  private final Thread thread;
  private volatile boolean closed;

  Reader(String servers, Arrivals arrivals) {
    this.arrivals = arrivals;
    this.thread = new Thread(() -> read(servers), "reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(String servers) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "reader",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(Fleet.RECORDS).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList());
      consumer.seekToBeginning(List.of());
      while (!closed) {
        consumer.poll(Duration.ofMillis(100)).forEach(arrivals::add);
      }
    }
  }

  /** Waits until so many messages have arrived, as long as there is progress. */
  void awaitDistinct(int count) {
    int last = -1;
    long end = 0;
    while (arrivals.distinct() < count) {
      int now = arrivals.distinct();
      if (now != last) {
        last = now;
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("No progress: " + now + " have arrived");
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Reads no more when this returns. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
