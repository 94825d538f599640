package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A database that is away, or not as it should be, costs time and nothing else. */
class OutageTest extends DatabaseFixture {
  private final FakeNHub fake = FakeNHub.start();

  private void publish(int count) {
    IntStream.range(0, count)
        .forEach(i -> fake.publish(FakeMessage.uplink("METER-" + i % 20).reading("n", i, null)));
  }

  private void awaitOutage(Subscription uplinks) throws Exception {
    Eventually.isTrue(
        "an outage",
        () -> events.stream().anyMatch(SubscriptionEvent.HandlerOutageBegan.class::isInstance));
    assertTrue(uplinks.health().live());
  }

  private void awaitAllStored(Subscription uplinks, String url, int published) throws Exception {
    Eventually.isTrue("stored", () -> uplinks.stats().acknowledged() == published);
    assertEquals(published, PostgresServer.count(url, "uplink"));
    assertEquals(0, deadLetters.size());
  }

  @Test
  void database_away_waits_andNothingIsGivenUp() throws Exception {
    String url = server.urlOfNew("wide.sql");
    Subscription uplinks = subscribe(fake, sink(url, Schema.WIDE));
    publish(100);
    Eventually.isTrue("stored", () -> PostgresServer.count(url, "uplink") == 100);
    server.stopImmediately();
    publish(3_000);
    awaitOutage(uplinks);
    server.startAgain();
    awaitAllStored(uplinks, url, 3_100);
  }

  @Test
  void tableOrPartition_missing_isAnOutageToo_untilSomebodyCreatesIt() throws Exception {
    String url = server.urlOfNew();
    Subscription uplinks = subscribe(fake, sink(url, Schema.WIDE));
    publish(100);
    awaitOutage(uplinks);
    String[] tables =
        Files.readString(Path.of("sql/wide.sql")).split("(?m)^-- Rows whose time", -1);
    PostgresServer.execute(url, tables[0]);
    publish(100);
    Eventually.isTrue(
        "no partition",
        () -> events.stream().anyMatch(each -> each.toString().contains("no partition")));
    PostgresServer.execute(url, "create table uplink_default partition of uplink default");
    awaitAllStored(uplinks, url, 200);
  }
}
