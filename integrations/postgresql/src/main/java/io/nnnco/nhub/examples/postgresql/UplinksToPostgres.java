package io.nnnco.nhub.examples.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.testkit.FakeNHub;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Stores uplinks in PostgreSQL until SIGTERM: those of the N-Hub that environment variables name,
 * or those of a fake in this process. docs/postgresql.md has the variables.
 */
public final class UplinksToPostgres {
  private UplinksToPostgres() {}

  /** Runs until it is ended. */
  public static void main(String... arguments) throws Exception {
    Map<String, String> variables = System.getenv();
    if (variables.containsKey("NHUB_ENVIRONMENT") || variables.containsKey("NHUB_MQTT")) {
      run(environment(variables), ClientIdentity.load(Path.of(variables.get("NHUB_CERTS"))));
    } else {
      System.out.println("A fake N-Hub in this process, with simulated devices.");
      try (FakeNHub fake = FakeNHub.start()) {
        fake.simulator().rate(8).start();
        run(fake.environment(), fake.identity());
      }
    }
  }

  private static NHubEnvironment environment(Map<String, String> variables) {
    String name = variables.get("NHUB_ENVIRONMENT");
    if (name != null) {
      return NHubEnvironment.of(name);
    }
    URI mqtt = URI.create("mqtts://" + variables.get("NHUB_MQTT"));
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubEnvironment.at(noApi, mqtt.getHost(), mqtt.getPort());
  }

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  private static void run(NHubEnvironment environment, ClientIdentity identity) throws Exception {
    Schema schema = Schema.valueOf(setting("NHUB_SCHEMA", "WIDE"));
    String url = setting("NHUB_JDBC_URL", "jdbc:postgresql://127.0.0.1/postgres");
    Path deadLetterFile = Path.of(setting("NHUB_DEAD_LETTERS", "dead-letters.jsonl"));
    // tag::subscribe
    BatchOptions batches = BatchOptions.of(500, Duration.ofMillis(200));
    try (HikariDataSource database = PostgresSink.pool(url, batches.parallelism());
        DeadLetterFile deadLetters = DeadLetterFile.open(deadLetterFile);
        NHubClient nhub = NHubClient.builder(environment).credentials(identity).build()) {
      SubscribeOptions options =
          SubscribeOptions.builder(setting("NHUB_ENTERPRISE", "nnn.acme"))
              .durable("uplinks-to-postgres", Duration.ofDays(7))
              .window(1_000) // twice a batch, so that the next one fills meanwhile
              .failurePolicy(
                  FailurePolicy.ofDefaults()
                      .retryIf(failure -> !PostgresSink.isBadData(failure))
                      .thenHandOver(deadLetters))
              .build();
      Subscription uplinks =
          nhub.subscribeBatches(options, batches, new PostgresSink(database, schema));
      Thread atEnd = new Thread(() -> uplinks.close(Duration.ofSeconds(15)));
      Runtime.getRuntime().addShutdownHook(atEnd);
      uplinks.awaitClosed();
    }
    // end::subscribe
  }
}
