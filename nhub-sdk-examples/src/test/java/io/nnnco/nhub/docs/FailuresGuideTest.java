package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs what docs/failures.md shows. */
@Timeout(300)
class FailuresGuideTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeNHub fake = FakeNHub.start();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment()).credentials(fake.identity()).build();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    nhub.close();
    fake.close();
  }

  @Test
  void guide_everyBlock_isARegionThatRuns() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/failures.md"),
            Path.of("src/test/java/io/nnnco/nhub/docs/FailuresGuideTest.java")));
  }

  @Test
  void policies_endDifferently() {
    // tag::policies
    FailurePolicy skip = FailurePolicy.ofDefaults(); // given up: logged, acknowledged and discarded
    FailurePolicy stop = FailurePolicy.ofDefaults().thenStop();
    FailurePolicy keep =
        FailurePolicy.ofDefaults()
            .withRetries(5)
            .withBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1))
            .giveUpOn(IllegalArgumentException.class) // a retry is useless
            .thenHandOver(failure -> log.add(failure.delivery().deduplicationKey()));
    FailurePolicy never = FailurePolicy.ofDefaults().retryForever(Duration.ofMinutes(1));
    // end::policies
    assertEquals(LastResort.SKIP, skip.lastResort());
    assertEquals(LastResort.STOP, stop.lastResort());
    assertEquals(5, keep.retries());
    assertEquals(Duration.ofMinutes(1), never.maxDelay());
  }

  @Test
  void batches_nameTheMessageAtFault() throws InterruptedException {
    // tag::batches
    Subscription uplinks =
        nhub.subscribeBatches(
            SubscribeOptions.builder("nnn.acme").build(),
            BatchOptions.of(500, Duration.ofMillis(200)),
            batch -> {
              for (int i = 0; i < batch.size(); i++) {
                if (!isValid(batch.get(i).message())) {
                  throw BatchFailedException.at(i, new IllegalArgumentException("No such meter"));
                }
              }
              storeAll(batch);
            });
    // end::batches
    uplinks.awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("METER-1"));
    fake.acks().take(SOON);
    assertEquals("METER-1", log.poll());
  }

  private static boolean isValid(DeviceMessage message) {
    return message.deviceId().startsWith("METER");
  }

  private void storeAll(List<DeliveredMessage> batch) {
    batch.forEach(each -> store(each.message()));
  }

  @Test
  void idempotence_byTheKey() throws InterruptedException {
    Set<String> done = ConcurrentHashMap.newKeySet();
    // tag::idempotent
    Subscription uplinks =
        nhub.subscribe(
            SubscribeOptions.builder("nnn.acme").build(),
            (message, delivery) -> {
              if (!done.contains(delivery.deduplicationKey())) {
                store(message);
                done.add(delivery.deduplicationKey());
              }
            });
    // end::idempotent
    uplinks.awaitConnected(SOON);
    fake.inject(new io.nnnco.nhub.testkit.BridgeFault.DuplicatePublish());
    fake.publish(FakeMessage.uplink("METER-1"));
    fake.acks().take(SOON);
    fake.acks().take(SOON);
    assertEquals("METER-1", log.poll());
    assertTrue(log.isEmpty());
  }

  private void store(DeviceMessage message) {
    log.add(message.deviceId());
  }

  @Test
  void terminalErrors_end() {
    fake.revoke(fake.identity());
    Subscription uplinks = nhub.subscribe("nnn.acme", (Uplink uplink) -> {});
    runUntilTheEnd(uplinks);
    assertEquals("Issue a new certificate", log.poll());
  }

  private void runUntilTheEnd(Subscription uplinks) {
    // tag::terminal
    try {
      uplinks.awaitClosed();
    } catch (CertificateRevokedException e) {
      log.add("Issue a new certificate");
    } catch (SessionTakenOverException e) {
      log.add("Another process uses this durable name");
    } catch (SubscriptionRefusedException e) {
      log.add("Not ours: " + e.topicFilter());
    } catch (NHubException e) {
      log.add(e.code().id() + " (" + e.code().responsible() + "): " + e.advice());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // end::terminal
  }

  @Test
  void events_tellTheStory() throws InterruptedException {
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme")
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1)))
            .listener(this::onEvent)
            .build();
    Subscription uplinks = nhub.subscribe(options, (message, delivery) -> {});
    uplinks.awaitConnected(SOON);
    fake.dropConnections();

    String line = log.poll(60, TimeUnit.SECONDS);
    assertTrue(line != null && line.matches("NHUB-NET-004.*; again in \\d+ m?s"), line);
  }

  // tag::events
  private void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Disconnected down) {
      log.add(down.cause().getMessage() + "; again in " + DurationText.of(down.retryIn()));
    } else if (event instanceof SubscriptionEvent.SessionLost lost) {
      log.add("What was sent from " + lost.from() + " to " + lost.to() + " may be lost");
    } else if (event instanceof SubscriptionEvent.MessageFailed failed) {
      log.add(failed.lastResort() + " after " + failed.message().attempts() + " attempts");
    } else if (event instanceof SubscriptionEvent.Silent silent) {
      log.add("No message since " + silent.since() + ". " + silent.hint());
    } // more kinds may come: ignore what you do not know
  }

  // end::events

  @Test
  void failFast_atTheStart() throws InterruptedException {
    // tag::fail-fast
    Subscription uplinks = nhub.subscribe("nnn.acme", uplink -> store(uplink));
    uplinks.awaitConnected(Duration.ofSeconds(30)); // throws what is wrong
    // end::fail-fast
    assertTrue(uplinks.health().ready());
  }

  @Test
  void health_endpoints() throws InterruptedException {
    Subscription uplinks = nhub.subscribe("nnn.acme", (Uplink uplink) -> {});
    uplinks.awaitConnected(SOON);
    // tag::health
    SubscriptionHealth health = uplinks.health();
    int readiness = health.ready() ? 200 : 503;
    int liveness = health.live() ? 200 : 503;
    log.add(health.reason() + ": " + health.detail());
    // end::health
    assertEquals(List.of(200, 200), List.of(readiness, liveness));
    assertEquals("RECEIVING: Connected and subscribed.", log.poll());
  }
}
