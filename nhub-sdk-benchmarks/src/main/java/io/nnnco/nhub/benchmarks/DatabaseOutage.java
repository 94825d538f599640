package io.nnnco.nhub.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What is lost when PostgreSQL is killed while uplinks come, and starts again later: with the
 * default options, with batches, and if every failure counts against its message. Run it with
 * {@code nhub-sdk-benchmarks/database.sh outage}.
 */
final class DatabaseOutage {
  private static final int DEVICES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String url;
  private final String server;
  private final long start = System.nanoTime();

  /**
   * A case.
   *
   * @param uplinks that come from {@code before} the outage until as long after it, evenly
   * @param before how long the database is up before
   * @param away how long it is away
   */
  private record Outage(int uplinks, Duration before, Duration away) {
    Duration whole() {
      return away.plus(before.multipliedBy(2));
    }
  }

  private record Receiver(String name, Database database, Subscription subscription) {}

  private DatabaseOutage(String url, String server) {
    this.url = url;
    this.server = server;
  }

  /** Arguments: the database's URL, a program that stops and starts it. */
  public static void main(String[] args) throws Exception {
    for (Outage outage :
        List.of(
            new Outage(200, Duration.ofSeconds(3), Duration.ofSeconds(20)),
            new Outage(1_464, Duration.ofSeconds(5), Duration.ofSeconds(40)))) {
      new DatabaseOutage(args[0], args[1]).run(outage);
    }
    System.exit(0);
  }

  private void run(Outage outage) throws Exception {
    System.out.printf(
        "%n%,d uplinks of %d devices in %d s; the database is away for %d s%n",
        outage.uplinks, DEVICES, outage.whole().toSeconds(), outage.away.toSeconds());
    try (FakeNHub fake = FakeNHub.start();
        NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(fake.identity()).build()) {
      List<Receiver> receivers = List.of(byDefault(nhub), inBatches(nhub), asBefore(nhub));
      for (Receiver receiver : receivers) {
        receiver.subscription().awaitConnected(Duration.ofSeconds(30));
      }
      Thread operator = new Thread(() -> operate(outage));
      operator.start();
      send(fake, outage);
      operator.join();
      report(outage, receivers);
    }
  }

  private Receiver byDefault(NHubClient nhub) throws SQLException {
    Database database = table("defaults");
    return new Receiver(
        "the default options",
        database,
        nhub.subscribe(
            options("defaults").build(),
            (message, delivery) -> database.store(List.of(DatabaseWriter.row(message, delivery)))));
  }

  private Receiver inBatches(NHubClient nhub) throws SQLException {
    Database database = table("batches");
    return new Receiver(
        "batches",
        database,
        nhub.subscribeBatches(
            options("batches").build(),
            DatabaseWriter.BATCHES,
            batch -> database.store(DatabaseWriter.rows(batch))));
  }

  private Receiver asBefore(NHubClient nhub) throws SQLException {
    Database database = table("every_failure_counts");
    return new Receiver(
        "`withoutOutageDetection()`",
        database,
        nhub.subscribe(
            options("every_failure_counts")
                .failurePolicy(FailurePolicy.ofDefaults().withoutOutageDetection())
                .build(),
            (message, delivery) -> database.store(List.of(DatabaseWriter.row(message, delivery)))));
  }

  private Database table(String name) throws SQLException {
    Database database = new Database(url, name);
    database.reset();
    return database;
  }

  private SubscribeOptionsBuilder options(String name) {
    return SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
        .listener(event -> tell(name, event));
  }

  private void tell(String name, SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.HandlerOutageBegan) {
      say(name + ": an outage of our side");
    } else if (event instanceof SubscriptionEvent.HandlerOutageEnded) {
      say(name + ": the outage is over");
    }
  }

  private void say(String line) {
    System.out.printf("%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  private void operate(Outage outage) {
    try {
      Thread.sleep(outage.before.toMillis());
      database("-m", "immediate", "stop");
      say("the database is killed");
      Thread.sleep(outage.away.toMillis());
      database("start");
      say("the database is up");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void database(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(server));
    command.addAll(List.of(arguments));
    // Its children keep what they inherit, so no pipes.
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue());
    }
  }

  private static void send(FakeNHub fake, Outage outage) {
    long first = System.nanoTime();
    for (int i = 0; i < outage.uplinks; i++) {
      long due = first + outage.whole().toNanos() * i / outage.uplinks;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      String device = "METER-" + i % DEVICES;
      fake.publish(
          "v4/groups/nnn.acme.master/" + device + "/uplinks",
          Fleet.uplink(device, i).getBytes(UTF_8));
    }
  }

  private void report(Outage outage, List<Receiver> receivers)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Receiver receiver : receivers) {
      while (receiver.subscription().stats().acknowledged() < outage.uplinks
          && System.nanoTime() < end) {
        Thread.sleep(50);
      }
    }
    say("all is acknowledged");
    System.out.printf("%n| subscription | sent | stored | given up | lost | failed calls |%n");
    System.out.println("|---|---|---|---|---|---|");
    for (Receiver receiver : receivers) {
      SubscriptionStats stats = receiver.subscription().stats();
      long stored = receiver.database().count();
      System.out.printf(
          "| %s | %,d | %,d | %,d | %,d | %,d |%n",
          receiver.name(),
          outage.uplinks,
          stored,
          stats.skipped(),
          outage.uplinks - stored,
          stats.failedAttempts());
    }
  }
}
