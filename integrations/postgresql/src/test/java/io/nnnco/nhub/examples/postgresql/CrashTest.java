package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example as a process, a real broker and a real database, of which the first and the last are
 * killed at random while messages flow. docs/postgresql.md has the command for the long form.
 */
class CrashTest {
  private static final int MESSAGES = Integer.getInteger("nhub.postgres.messages", 20_000);
  private static final int KILLS = Integer.getInteger("nhub.postgres.kills", 3);
  private static final int DEVICES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1).plusMillis(MESSAGES);

  private final Random random = new Random();
  private final Deque<Process> receivers = new ArrayDeque<>();
  private Path directory;
  private PostgresServer database;
  private MosquittoServer broker;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    directory = folder;
    database = PostgresServer.start();
    broker = MosquittoServer.start(directory);
    broker.identity().save(directory.resolve("certs"));
  }

  @AfterEach
  void stop() throws Exception {
    for (Process receiver : receivers) {
      receiver.destroyForcibly().waitFor();
    }
    broker.stop();
    database.stop();
  }

  @Test
  void wide_receiverAndDatabaseKilled_rowsAreTheDistinctMessages() throws Exception {
    crash(Schema.WIDE, MESSAGES, KILLS, "uplink");
  }

  @Test
  void long_receiverAndDatabaseKilled_rowsAreTheReadingsOfTheDistinctMessages() throws Exception {
    crash(Schema.LONG, MESSAGES / 4, KILLS - 1, "reading where position = 0");
  }

  private void crash(Schema schema, int messages, int kills, String rows) throws Exception {
    String url = database.urlOfNew("wide.sql", "long.sql", "partitions.sql");
    String table = schema == Schema.WIDE ? "uplink" : "reading";
    String maintenance = "call nhub_partitions('" + table + "', 'day', 2, '30 days')";
    startReceiver(schema, url);
    Eventually.isTrue("subscribed", broker::hasSession);
    List<Process> publishers = publish(messages);
    long start = System.nanoTime();

    for (int kill = 0; kill < kills; kill++) {
      // Somewhere in its part of the stream.
      long after = Math.round((kill + random.nextDouble()) * messages / (kills + 1));
      awaitRows(url, rows, after);
      kill(kill % 3, schema, url);
      PostgresServer.execute(url, maintenance); // Moves rows out of the default partition.
    }
    awaitRows(url, rows, messages);
    System.out.printf(
        "%s: %,d messages, %d kills, %d s%n",
        schema, messages, kills, Duration.ofNanos(System.nanoTime() - start).toSeconds());
    for (Process publisher : publishers) {
      assertEquals(0, publisher.waitFor());
    }
    receivers.getLast().destroy(); // SIGTERM: what is in flight is finished.
    receivers.getLast().waitFor();

    int each = schema == Schema.WIDE ? 1 : 2;
    assertEquals((long) messages * each, PostgresServer.count(url, table));
    assertEquals(0, PostgresServer.count(url, table + "_default"));
    assertEquals(
        List.of(String.valueOf(messages)),
        PostgresServer.query(url, "select count(distinct (device_id, sent_at)) from " + table));
    assertEquals(0, Files.size(directory.resolve("dead-letters.jsonl")));
    assertTrue(PostgresServer.query(url, "show fsync").contains("on"));
  }

  private void awaitRows(String url, String rows, long count) throws Exception {
    Eventually.isTrue(
        count + " rows, see " + directory,
        PATIENCE,
        () -> PostgresServer.count(url, rows) >= count);
  }

  private void kill(int victim, Schema schema, String url) throws Exception {
    switch (victim) {
      case 0 -> {
        receivers.getLast().destroyForcibly().waitFor();
        startReceiver(schema, url);
      }
      case 1 -> {
        database.kill();
        database.startAgain();
      }
      default -> {
        database.stopImmediately();
        database.startAgain();
      }
    }
  }

  private void startReceiver(Schema schema, String url) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ChildJvm.command(
                List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), UplinksToPostgres.class));
    builder.environment().put("NHUB_MQTT", broker.address());
    builder.environment().put("NHUB_CERTS", directory.resolve("certs").toString());
    builder.environment().put("NHUB_JDBC_URL", url);
    builder.environment().put("NHUB_SCHEMA", schema.name());
    builder
        .environment()
        .put("NHUB_DEAD_LETTERS", directory.resolve("dead-letters.jsonl").toString());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("receiver").toFile()));
    receivers.add(builder.start());
  }

  /** Over two days, from each device by one publisher; each tenth message is sent twice. */
  private List<Process> publish(int messages) throws IOException {
    long now = System.currentTimeMillis();
    long step = Duration.ofDays(2).toMillis() / messages;
    List<Process> publishers = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      Path lines = directory.resolve("device-" + device);
      try (BufferedWriter writer = Files.newBufferedWriter(lines)) {
        for (int n = device; n < messages; n += DEVICES) {
          String line = uplink("METER-" + device, now + n * step, n);
          writer.write(n / DEVICES % 10 == 0 ? line + line : line);
        }
      }
      publishers.add(
          broker.publish("v4/groups/nnn.acme.master/METER-" + device + "/uplinks", lines));
    }
    return publishers;
  }

  private static String uplink(String device, long time, int number) {
    return ("{\"device_id\":\"%s\",\"timestamp_ms\":%d,\"readings\":[{\"channel_id\":\"n\","
            + "\"value\":%d},{\"channel_id\":\"temperature\",\"value\":21.5,\"unit\":\"C\"}]}\n")
        .formatted(device, time, number);
  }
}
