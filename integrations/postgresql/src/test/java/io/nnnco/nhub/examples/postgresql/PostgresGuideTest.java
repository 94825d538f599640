package io.nnnco.nhub.examples.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.stream.deadletter.RedriveReport;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/postgresql.md. */
class PostgresGuideTest extends DatabaseFixture {
  private static final Path GUIDE = Path.of("../../docs/postgresql.md");
  private static final Path PACKAGE = Path.of("java/io/nnnco/nhub/examples/postgresql");
  private static final Path MAIN = Path.of("src/main").resolve(PACKAGE);
  private static final Path TESTS = Path.of("src/test").resolve(PACKAGE);

  private final FakeNHub fake = FakeNHub.start();

  @Test
  void guide_hasThisCode() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            List.of(GUIDE),
            MAIN.resolve("PostgresSink.java"),
            MAIN.resolve("Schema.java"),
            MAIN.resolve("UplinksToPostgres.java"),
            TESTS.resolve("PostgresGuideTest.java")));
  }

  @Test
  void query_inEachSchema_isTheTemperatureOfOneDevice() throws Exception {
    String url = server.urlOfNew("wide.sql", "long.sql");
    FakeMessage[] messages = {
      FakeMessage.uplink("METER-1").at(Instant.now()).reading("temperature", 21.5, "°C"),
      FakeMessage.uplink("METER-2").at(Instant.now()).reading("temperature", 3, "°C")
    };
    for (Schema schema : Schema.values()) {
      Subscription uplinks = subscribe(fake, sink(url, schema));
      for (FakeMessage message : messages) {
        fake.publish(message);
      }
      Eventually.isTrue("stored", () -> uplinks.stats().acknowledged() == 2);
      uplinks.close();
    }
    List<String> queries =
        Pattern.compile("```sql\\R(.*?);\\R```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertEquals(2, queries.size());
    for (String query : queries) {
      assertEquals(
          List.of("21.5"), PostgresServer.query(url, "select celsius from (" + query + ") found"));
    }
  }

  @Test
  void redrive_afterTheFix_storesTheRowThatWasRefused(@TempDir Path directory) throws Exception {
    String url = server.urlOfNew("wide.sql");
    PostgresServer.execute(url, "alter table uplink add check (device_id <> 'METER-1')");
    PostgresSink sink = sink(url, Schema.WIDE);
    FakeMessage refused = FakeMessage.uplink("METER-1").at(Instant.now());
    try (DeadLetterFile deadLetters = DeadLetterFile.open(directory.resolve("dead-letters"));
        NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(fake.identity()).build()) {
      SubscribeOptions options =
          SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
              .failurePolicy(
                  FailurePolicy.ofDefaults()
                      .withBackoff(Duration.ofMillis(20), Duration.ofMillis(20))
                      .thenHandOver(deadLetters))
              .build();
      Subscription uplinks =
          nhub.subscribeBatches(options, BatchOptions.of(500, Duration.ofMillis(20)), sink);
      uplinks.awaitConnected(Eventually.SOON);
      fake.publish(refused);
      for (int i = 0; deadLetters.size() == 0; i++) { // others succeed meanwhile
        fake.publish(FakeMessage.uplink("METER-2").reading("n", i, null));
        long stored = i;
        Eventually.isTrue("stored", () -> PostgresServer.count(url, "uplink") > stored);
      }
      PostgresServer.execute(url, "alter table uplink drop constraint uplink_device_id_check");
      // tag::redrive
      RedriveReport report =
          deadLetters.redrive(
              (message, delivery) -> sink.handle(List.of(new DeliveredMessage(message, delivery))));
      // end::redrive
      assertEquals(1, report.succeeded());
      fake.publish(refused);
      Eventually.isTrue("all acknowledged", () -> uplinks.stats().inFlight() == 0);
      uplinks.close();
      assertEquals(1, PostgresServer.count(url, "uplink where device_id = 'METER-1'"));
    }
  }
}
