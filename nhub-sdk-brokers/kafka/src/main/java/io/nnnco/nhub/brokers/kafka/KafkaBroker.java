package io.nnnco.nhub.brokers.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A real Kafka of one node, for tests: a process of its own on the loopback interface, which keeps
 * its records in the folder over {@link #stop} and {@link #kill}. Topics that nobody has created
 * are created at their first use, with six partitions.
 *
 * <p>Whoever uses it needs {@code kafka-clients} on its own class path, and nothing more of Kafka.
 */
public final class KafkaBroker implements AutoCloseable {
  private final Program program;
  private final int port;

  private KafkaBroker(Path folder, int port, List<String> virtualMachine) {
    this.port = port;
    this.program =
        Program.start(KafkaServer.class, folder, properties(folder, port), virtualMachine);
    awaitReady();
  }

  /** Starts one, and returns when it takes connections. */
  public static KafkaBroker start(Path folder) {
    return new KafkaBroker(folder, FreePort.find(), Program.SMALL);
  }

  /** As {@link #start}, with options for its virtual machine, for measurements. */
  public static KafkaBroker start(Path folder, List<String> virtualMachine) {
    return new KafkaBroker(folder, FreePort.find(), virtualMachine);
  }

  private static Map<String, String> properties(Path folder, int port) {
    int controller = FreePort.find();
    Map<String, String> properties = new TreeMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
    // After SIGKILL, it may start only when this has passed.
    properties.put("broker.session.timeout.ms", "3000");
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("log.dirs", folder.resolve("data").toString());
    properties.put("num.partitions", "6");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("num.recovery.threads.per.data.dir", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.min.session.timeout.ms", "1000");
    return properties;
  }

  private void awaitReady() {
    program.await(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Creates a topic. */
  public void createTopic(String name, int partitions) {
    try (Admin admin =
        Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * The first records of these topics, in the order of each partition; waits for them for a minute.
   */
  public List<ConsumerRecord<String, byte[]>> firstRecords(int count, String... topics) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                UUID.randomUUID().toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topics));
      while (records.size() < count) {
        if (System.nanoTime() > end) {
          throw new AssertionError(records.size() + " of " + count + " records: " + records);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** What it has logged: warnings and errors. */
  public String log() {
    return program.log();
  }

  /** Ends it in order. */
  public void stop() {
    program.stop();
  }

  /** Ends it by SIGKILL. */
  public void kill() {
    program.kill();
  }

  /** Starts it on the same port, with what it had. */
  public void startAgain() {
    program.launchAgain();
    awaitReady();
  }

  /** Ends it for good, without ceremony. */
  @Override
  public void close() {
    program.kill();
  }
}
