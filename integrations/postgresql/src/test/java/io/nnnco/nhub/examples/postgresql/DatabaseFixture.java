package io.nnnco.nhub.examples.postgresql;

import static io.nnnco.nhub.examples.postgresql.Eventually.SOON;

import com.zaxxer.hikari.HikariDataSource;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that is started once, and the fake; each sink has tables of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
abstract class DatabaseFixture {
  final BlockingQueue<FailedMessage> deadLetters = new LinkedBlockingQueue<>();
  final BlockingQueue<SubscriptionEvent> events = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  PostgresServer server;

  @BeforeAll
  void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  void stopServer() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    open.clear();
    deadLetters.clear();
    events.clear();
  }

  final <T extends AutoCloseable> T keep(T closeable) {
    open.add(closeable);
    return closeable;
  }

  final PostgresSink sink(String url, Schema schema) {
    HikariDataSource pool = keep(PostgresSink.pool(url, 2));
    pool.setConnectionTimeout(500); // shorter than the default, for outages
    return new PostgresSink(pool, schema);
  }

  /** Subscribes as the example does, but for the file of dead letters. */
  final Subscription subscribe(FakeNHub fake, PostgresSink sink) throws InterruptedException {
    NHubClient nhub =
        keep(NHubClient.builder(fake.environment()).credentials(fake.identity()).build());
    SubscribeOptions options =
        SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
            .listener(events::add)
            .failurePolicy(
                FailurePolicy.ofDefaults()
                    .withBackoff(Duration.ofMillis(100), Duration.ofMillis(200))
                    .retryIf(failure -> !PostgresSink.isBadData(failure))
                    .thenHandOver(deadLetters::add))
            .build();
    Subscription uplinks =
        nhub.subscribeBatches(options, BatchOptions.of(500, Duration.ofMillis(200)), sink);
    uplinks.awaitConnected(SOON);
    return uplinks;
  }
}
