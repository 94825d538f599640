package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A database that refuses one row, and later is down for ten seconds. The refused message is given
 * up, for others are stored meanwhile. In the outage nothing is: one message at a time is tried,
 * the rest waits here and at the bridge, and all of it is stored when the database is back.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class DatabaseOutage {
  private final Database database = new Database();
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private final CountDownLatch outage = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private DatabaseOutage() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, Duration.ofSeconds(10));
    }
  }

  static void run(ExampleSettings settings, Duration downtime) throws InterruptedException {
    new DatabaseOutage().receive(settings, downtime);
  }

  /** In memory, with a switch. A key is stored once, as by {@code on conflict do nothing}. */
  private static final class Database {
    private final Set<String> rows = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> refused = new AtomicReference<>();
    private volatile boolean up = true;

    void insert(String key) throws IOException {
      if (!up) {
        throw new IOException("The database is down.");
      }
      refused.compareAndSet(null, key);
      if (key.equals(refused.get())) {
        throw new IOException("The database refuses this row.");
      }
      rows.add(key);
    }
  }

  private void receive(ExampleSettings settings, Duration downtime) throws InterruptedException {
    FailurePolicy policy =
        FailurePolicy.ofDefaults()
            .withBackoff(downtime.dividedBy(20), downtime.dividedBy(5)) // shorter than the default
            .thenHandOver(
                failure -> {
                  System.out.println("given up: " + failure.cause().getMessage());
                  gaveUp.countDown();
                });
    SubscribeOptions options =
        SubscribeOptions.builder(settings.enterprise())
            .window(20) // so small only for you to see that it fills
            .failurePolicy(policy)
            .listener(this::tell)
            .build();
    try (NHubClient nhub =
        NHubClient.builder(settings.environment())
            .credentials(ClientIdentity.load(settings.certs()))
            .build()) {
      Subscription uplinks =
          nhub.subscribe(
              options, (message, delivery) -> database.insert(delivery.deduplicationKey()));
      uplinks.awaitConnected(Duration.ofSeconds(30));
      await(gaveUp);
      watch(uplinks, 2, downtime); // what waited behind the refused row is stored
      database.up = false;
      System.out.println("The database is down.");
      await(outage);
      watch(uplinks, 10, downtime);
      database.up = true;
      System.out.println("The database is up again.");
      await(over);
      watch(uplinks, 3, downtime); // what the bridge has kept is stored, too
      DrainReport left = uplinks.close(Duration.ofSeconds(10));
      printCounts(uplinks.stats(), left);
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(5, TimeUnit.MINUTES)) {
      System.out.println("Not enough devices spoke.");
    }
  }

  private void tell(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.HandlerOutageBegan began) {
      System.out.println("OUTAGE: " + began.devices() + " devices in a row failed.");
      outage.countDown();
    } else if (event instanceof SubscriptionEvent.HandlerRetry retry) {
      System.out.printf("failed: %s, attempt %d%n", retry.delivery().deviceId(), retry.attempt());
    } else if (event instanceof SubscriptionEvent.HandlerOutageEnded) {
      System.out.println("OVER: a message was stored, and all go on.");
      over.countDown();
    }
  }

  /** Prints so many lines, ten in the downtime. */
  private void watch(Subscription uplinks, int lines, Duration downtime)
      throws InterruptedException {
    for (int i = 0; i < lines; i++) {
      Thread.sleep(downtime.toMillis() / 10);
      printStatus(uplinks);
    }
  }

  private void printStatus(Subscription uplinks) {
    SubscriptionHealth health = uplinks.health();
    System.out.printf(
        "        %-14s ready=%-5b live=%b in-flight=%d stored=%d%n",
        health.reason(),
        health.ready(),
        health.live(),
        uplinks.stats().inFlight(),
        database.rows.size());
  }

  private void printCounts(SubscriptionStats stats, DrainReport left) {
    long received = stats.received() - stats.redelivered();
    long lost = received - database.rows.size() - stats.handedOver() - left.abandoned();
    System.out.printf(
        "%d received, %d stored, %d given up, %d lost%n",
        received, database.rows.size(), stats.handedOver(), lost);
  }
}
