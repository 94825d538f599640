package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.MessageHandlers;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.stream.deadletter.RedriveReport;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/receiving.md shows. */
class ReceivingGuideTest {
  private final FakeNHub fake = FakeNHub.start();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment()).credentials(fake.identity(DEFAULT_ENTERPRISE)).build();
  private final BlockingQueue<DeviceMessage> stored = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    nhub.close();
    fake.close();
  }

  private void store(DeviceMessage message) {
    stored.add(message);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing came");
    }
    return next;
  }

  /** The one subscription is there, as far as the bridge is concerned. */
  private void awaitSubscribed() {
    fake.subscriptions().take(Duration.ofSeconds(15));
  }

  @Test
  void guide_everyBlock_isARegionThatRuns() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/receiving.md"),
            Path.of("src/test/java/io/nnnco/nhub/ReceivingGuideTest.java")));
  }

  @Test
  void kinds() throws InterruptedException {
    // tag::kinds
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onUplink((uplink, delivery) -> store(uplink))
            .onJoin((join, delivery) -> log.add(join.deviceId() + " joined"))
            .otherwise((message, delivery) -> log.add("Not expected: " + message))
            .build();
    nhub.subscribe(SubscribeOptions.builder("nnn.acme").allKinds().build(), handlers);
    // end::kinds
    awaitSubscribed();
    fake.publish(FakeMessage.uplink("METER-1"));
    assertEquals("METER-1", next(stored).deviceId());
    fake.publish(FakeMessage.join("METER-2"));
    assertEquals("METER-2 joined", next(log));
  }

  @Test
  void oneValueAndJson() throws InterruptedException {
    // tag::values
    nhub.subscribe(
        "nnn.acme",
        uplink -> {
          uplink.number("temperature").ifPresent(celsius -> log.add("It has " + celsius));
          log.add(uplink.toJson());
        });
    // end::values
    awaitSubscribed();
    fake.publish(FakeMessage.uplink("METER-1").reading("temperature", 22.5, "°C"));
    assertEquals("It has 22.5", next(log));
    assertTrue(next(log).contains("{\"channel_id\":\"temperature\",\"value\":22.5,"));
  }

  @Test
  void userProperties() throws InterruptedException {
    // tag::properties
    nhub.subscribe(
        SubscribeOptions.builder("nnn.acme").build(),
        (message, delivery) -> {
          Optional<String> parent =
              delivery.userProperties().stream()
                  .filter(property -> property.name().equals("traceparent"))
                  .map(UserProperty::value)
                  .findFirst();
          log.add(message.deviceId() + " in " + parent.orElse("a new trace"));
        });
    // end::properties
    awaitSubscribed();
    fake.publish(FakeMessage.uplink("METER-1").userProperty("traceparent", "00-0af7"));
    assertEquals("METER-1 in 00-0af7", next(log));
    fake.publish(FakeMessage.uplink("METER-2"));
    assertEquals("METER-2 in a new trace", next(log));
  }

  @Test
  void batches() throws InterruptedException {
    // tag::batches
    nhub.subscribeBatches(
        SubscribeOptions.builder("nnn.acme").build(),
        BatchOptions.of(500, Duration.ofMillis(200)),
        batch -> {
          List<String> rows = new ArrayList<>();
          for (DeliveredMessage each : batch) {
            rows.add(each.delivery().deduplicationKey() + ";" + each.message().deviceId());
          }
          insertInOneTransaction(rows);
        });
    // end::batches
    awaitSubscribed();
    fake.publish(FakeMessage.uplink("METER-1"));
    assertTrue(next(log).endsWith(";METER-1"));
  }

  private void insertInOneTransaction(List<String> rows) {
    log.addAll(rows);
  }

  @Test
  void publisher() throws InterruptedException {
    Flow.Subscriber<DeliveredMessage> subscriber = new Storing();
    // tag::publisher
    Flow.Publisher<DeliveredMessage> publisher =
        nhub.publisher(SubscribeOptions.builder("nnn.acme").window(100).build());
    publisher.subscribe(subscriber);
    // end::publisher
    awaitSubscribed();
    fake.publish(FakeMessage.uplink("METER-1"));
    assertEquals("METER-1", next(stored).deviceId());
  }

  private final class Storing implements Flow.Subscriber<DeliveredMessage> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(DeliveredMessage next) {
      store(next.message());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void stream() throws InterruptedException {
    Thread publishing =
        new Thread(
            () -> {
              awaitSubscribed();
              fake.publish(FakeMessage.uplink("METER-1"));
              fake.publish(FakeMessage.uplink("METER-2"));
            });
    publishing.start();
    // tag::stream
    try (MessageStream messages = nhub.stream(SubscribeOptions.builder("nnn.acme").build())) {
      messages.stream().limit(2).forEach(next -> store(next.message()));
    }
    // end::stream
    publishing.join();
    assertEquals(2, stored.size());
  }

  @Test
  void deadLetters(@TempDir Path directory) throws InterruptedException {
    MessageHandler handler = (message, delivery) -> store(message);
    // tag::dead-letters
    try (DeadLetterFile deadLetters =
        DeadLetterFile.open(directory.resolve("dead-letters.jsonl"))) {
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(deadLetters))
              .build();
      try (Subscription subscription = nhub.subscribe(options, handler)) {
        work(subscription);
        RedriveReport report = deadLetters.redrive(handler);
        log.add(report.succeeded() + " handled now, " + report.failed() + " failed again");
      }
    }
    // end::dead-letters
    assertEquals("0 handled now, 1 failed again", next(log));
  }

  private void work(Subscription subscription) throws InterruptedException {
    subscription.awaitConnected(Duration.ofSeconds(15));
    fake.publish("v4/groups/nnn.acme.master/BAD/uplinks", "{not json");
    fake.acks().take(Duration.ofSeconds(15));
  }
}
