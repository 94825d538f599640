package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/delivery.md and docs/concurrency.md show. */
class StreamGuidesTest {
  private static final Path SOURCES = Path.of("src/test/java/io/nnnco/nhub");

  private final BlockingQueue<DeviceMessage> stored = new LinkedBlockingQueue<>();

  private void store(DeviceMessage message) {
    stored.add(message);
  }

  @Test
  void guides_everyBlock_isARegionThatRuns() {
    List<String> blocks =
        DocSnippets.differences(
            List.of(Path.of("../docs/delivery.md"), Path.of("../docs/concurrency.md")),
            SOURCES.resolve("StreamGuidesTest.java"));
    assertEquals(List.of(), blocks);
  }

  @Test
  void delivery(@TempDir Path directory) throws InterruptedException {
    List<Object> log = Collections.synchronizedList(new ArrayList<>());
    List<Object> deadLetters = Collections.synchronizedList(new ArrayList<>());
    try (FakeNHub fake = FakeNHub.start();
        NHubClient nhub =
            NHubClient.builder(fake.environment())
                .credentials(fake.identity(DEFAULT_ENTERPRISE))
                .build()) {
      // tag::subscribe
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .durable("meter-import", Duration.ofDays(7))
              .failurePolicy(
                  FailurePolicy.ofDefaults()
                      .withRetries(5)
                      .withBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1))
                      .thenHandOver(failure -> deadLetters.add(failure)))
              .listener(event -> log.add(event))
              .build();
      Subscription subscription = nhub.subscribe(options, (message, delivery) -> store(message));
      subscription.awaitConnected(Duration.ofSeconds(30));
      // end::subscribe
      fake.publish(FakeMessage.uplink("METER-1"));
      assertEquals("METER-1", next().deviceId());

      fake.identities().fresh(DEFAULT_ENTERPRISE).save(directory);
      // tag::update
      nhub.updateCredentials(ClientIdentity.load(directory));
      // end::update
      fake.publish(FakeMessage.uplink("METER-2"));
      assertEquals("METER-2", next().deviceId());

      // tag::health
      SubscriptionHealth health = subscription.health();
      boolean readinessProbe = health.ready();
      boolean livenessProbe = health.live();
      String why = health.reason() + ": " + health.detail();
      // end::health
      assertTrue(livenessProbe, why);
      assertEquals(health.ready(), readinessProbe);

      // tag::close
      DrainReport report = subscription.close(Duration.ofSeconds(20));
      if (!report.complete()) {
        log.add("The bridge will send " + report.abandoned() + " messages again.");
      }
      // end::close
      assertTrue(report.complete(), report.toString());
      assertEquals(List.of(), deadLetters);
    }
  }

  @Test
  void concurrency() throws InterruptedException {
    try (FakeNHub fake = FakeNHub.start()) {
      NHubEnvironment environment = fake.environment();
      ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
      // tag::executor
      ExecutorService handlers = Executors.newFixedThreadPool(64);
      NHubClient nhub =
          NHubClient.builder(environment).credentials(identity).handlerExecutor(handlers).build();
      // end::executor
      try (nhub) {
        nhub.subscribe("nnn.acme", this::store).awaitConnected(Duration.ofSeconds(30));
        fake.publish(FakeMessage.uplink("METER-1"));
        assertEquals("METER-1", next().deviceId());
      } finally {
        handlers.shutdown();
      }
    }
  }

  private DeviceMessage next() throws InterruptedException {
    DeviceMessage message = stored.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message came");
    }
    return message;
  }
}
