package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.Criteria;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/restarts.md, docs/scaling.md and docs/production.md show. */
@Timeout(300)
class OperateGuideTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeNHub fake = FakeNHub.start();
  private final NHubEnvironment environment = fake.environment();
  private final NHubClient nhub =
      NHubClient.builder(environment).credentials(fake.identity()).build();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    nhub.close();
    fake.close();
  }

  private void store(DeviceMessage message) {
    log.add(message.deviceId());
  }

  private void log(SubscriptionEvent event) {
    assertFalse(event.toString().isEmpty());
  }

  @Test
  void guides_everyBlock_isARegionThatRuns() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            List.of(
                Path.of("../docs/restarts.md"),
                Path.of("../docs/scaling.md"),
                Path.of("../docs/production.md")),
            Path.of("src/test/java/io/nnnco/nhub/docs/OperateGuideTest.java")));
  }

  @Test
  void durable_hasWhatCameMeanwhile() throws InterruptedException {
    // tag::durable
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme").durable("meter-import", Duration.ofDays(7)).build();
    Subscription uplinks = nhub.subscribe(options, (message, delivery) -> store(message));
    // end::durable
    uplinks.awaitConnected(SOON);
    uplinks.close();
    fake.publish(FakeMessage.uplink("METER-1"));
    try (NHubClient restarted =
        NHubClient.builder(environment).credentials(fake.identity()).build()) {
      // What was kept comes before the SUBACK, and to close before that acknowledges nothing.
      restarted.subscribe(options, (message, delivery) -> store(message)).awaitConnected(SOON);
      assertEquals("METER-1", log.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void shutdown_drains() throws InterruptedException {
    Subscription subscription = nhub.subscribe("nnn.acme", this::store);
    subscription.awaitConnected(SOON);
    // tag::shutdown
    Thread closing =
        new Thread(
            () -> {
              DrainReport report = subscription.close(Duration.ofSeconds(15));
              log.add(report.abandoned() + " messages will be sent again");
            });
    Runtime.getRuntime().addShutdownHook(closing);
    // end::shutdown
    assertTrue(Runtime.getRuntime().removeShutdownHook(closing));
    closing.start();
    closing.join();
    assertEquals("0 messages will be sent again", log.poll());
    assertEquals(SubscriptionState.CLOSED, subscription.state());
  }

  @Test
  void forget_leavesNothingAtTheBridge() throws InterruptedException {
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme").durable("meter-import", Duration.ofDays(7)).build();
    Subscription uplinks = nhub.subscribe(options, (message, delivery) -> store(message));
    uplinks.awaitConnected(SOON);
    // tag::forget
    uplinks.forget(Duration.ofSeconds(15));
    // end::forget
    assertFalse(fake.session("nhub-meter-import").exists());
  }

  @Test
  void shared_dividesTheMessages() throws InterruptedException {
    try (NHubClient second = NHubClient.builder(environment).credentials(fake.identity()).build()) {
      Subscription first = member(nhub, "import-1");
      Subscription other = member(second, "import-2");
      for (int i = 0; i < 20; i++) {
        fake.publish(FakeMessage.uplink("METER-" + i));
      }
      for (int i = 0; i < 20; i++) {
        fake.acks().take(SOON);
      }
      assertEquals(20, first.stats().received() + other.stats().received());
      assertEquals(20, log.size());
      assertTrue(first.stats().received() > 0 && other.stats().received() > 0);
    }
  }

  private Subscription member(NHubClient nhub, String podName) throws InterruptedException {
    // tag::shared
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme")
            .sharedGroup("meter-import")
            .durable(podName, Duration.ofHours(1)) // a name of its own for each member
            .build();
    Subscription member = nhub.subscribe(options, (message, delivery) -> store(message));
    // end::shared
    member.awaitConnected(SOON);
    return member;
  }

  @Test
  void severalEnterprises_eachWithAKeyOfItsOwn(@TempDir Path directory)
      throws InterruptedException {
    List<String> enterprises = List.of("nnn.acme", "nnn.other");
    try (FakeNHub fake = FakeNHub.builder().enterprises("nnn.acme", "nnn.other").start()) {
      NHubEnvironment environment = fake.environment();
      for (String enterprise : enterprises) {
        fake.identity(enterprise).save(directory.resolve(enterprise));
      }
      // tag::enterprises
      try (NHubClient nhub = NHubClient.builder(environment).build()) {
        for (String enterprise : enterprises) {
          SubscribeOptions options =
              SubscribeOptions.builder(enterprise)
                  .credentials(ClientIdentity.load(directory.resolve(enterprise)))
                  .durable("import-" + enterprise.replace('.', '-'), Duration.ofDays(3))
                  .awaitCredentials()
                  .build();
          nhub.subscribe(options, (message, delivery) -> store(message));
        }
        // end::enterprises
        for (Subscription subscription : nhub.subscriptions()) {
          subscription.awaitConnected(SOON);
        }
        assertTrue(anyReady(nhub));
        assertTrue(log.isEmpty(), log::toString);
        renew(nhub.subscriptions().get(1), fake, directory, "nnn.other");
        fake.publish(FakeMessage.uplink("METER-1").enterprise("nnn.other")).awaitDelivered(SOON);
        // tag::enterprises
        serveUntilStopped(nhub);
      }
      // end::enterprises
    }
    assertEquals("METER-1", log.poll());
  }

  private boolean anyReady(NHubClient nhub) {
    // tag::each
    boolean ready = nhub.subscriptions().stream().anyMatch(each -> each.health().ready());
    for (Subscription each : nhub.subscriptions()) {
      if (!each.health().ready()) {
        log.add(each.options().enterprises() + ": " + each.health().detail());
      }
    }
    // end::each
    return ready;
  }

  private static void renew(
      Subscription subscription, FakeNHub fake, Path directory, String enterprise) {
    ClientIdentity renewed = fake.identities().fresh(enterprise);
    renewed.save(directory.resolve(enterprise));
    // tag::renew
    subscription.updateCredentials(ClientIdentity.load(directory.resolve(enterprise)));
    // end::renew
    fake.connects()
        .take(
            SOON,
            Criteria.where(
                "certificate", ConnectRecord::certificateFingerprint, renewed.fingerprint()));
  }

  private static void serveUntilStopped(NHubClient nhub) {
    assertEquals(2, nhub.subscriptions().size());
  }

  @Test
  void production_allTogether(@TempDir Path directory) throws InterruptedException {
    ClientIdentity identity = fake.identity();
    MessageHandler handler = (message, delivery) -> store(message);
    // tag::production
    try (DeadLetterFile deadLetters = DeadLetterFile.open(directory.resolve("failed.jsonl"));
        NHubClient nhub = NHubClient.builder(environment).credentials(identity).build()) {
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .durable("meter-import", Duration.ofDays(3))
              .awaitCredentials()
              .handlerDeadline(Duration.ofMinutes(1))
              .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(deadLetters))
              .listener(event -> log(event))
              .build();
      Subscription uplinks = nhub.subscribe(options, handler);
      serveUntilStopped(uplinks);
      uplinks.close(Duration.ofSeconds(15));
    }
    // end::production
    ConnectRecord connect = fake.connects().take(SOON);
    assertEquals(Duration.ofDays(3), connect.sessionExpiry());
    assertEquals("METER-1", log.poll());
  }

  private void serveUntilStopped(Subscription uplinks) throws InterruptedException {
    uplinks.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("METER-1")).awaitDelivered(SOON);
  }
}
