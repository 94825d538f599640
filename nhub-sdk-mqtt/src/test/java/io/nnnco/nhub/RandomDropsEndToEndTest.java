package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.PublishReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The delivery property once more, smaller, through the front door: real sockets, TLS and engines,
 * with TCP resets at random. {@code DeliveryPropertyTest} has the large one.
 */
class RandomDropsEndToEndTest {
  private static final int MESSAGES = 5_000;
  private static final int DROPS = 20;
  private static final int WINDOW = 50;

  private final long seed = Long.getLong("nhub.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();
  private final Inbox inbox = new Inbox();
  private final Map<String, Long> lastOfDevice = new ConcurrentHashMap<>();
  private final Map<Long, Integer> calls = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    fake.close();
  }

  /** Of 100 messages one fails for good, two fail once, ten take a while, the others are quick. */
  private CompletionStage<?> handle(DeviceMessage message) {
    long number = message.timestamp().toEpochMilli();
    int call = calls.merge(number, 1, Integer::sum);
    if (call == 1) {
      Long before = lastOfDevice.put(message.deviceId(), number);
      if (before != null && before > number) {
        violations.add(message.deviceId() + ": " + number + " after " + before);
      }
    }
    long fate = number % 100;
    if (fate == 0 || (fate < 3 && call == 1)) {
      throw new IllegalStateException("not now");
    }
    return fate < 13
        ? CompletableFuture.runAsync(Thread::yield)
        : CompletableFuture.completedFuture(null);
  }

  @ParameterizedTest
  @EnumSource
  void fiveThousandMessages_twentyDrops_keepEveryPromise(MqttEngine engine)
      throws InterruptedException {
    FailurePolicy policy =
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1)
            .withBackoff(Duration.ofMillis(1), Duration.ofMinutes(1))
            .thenHandOver(dead -> {});
    try (NHubClient nhub =
        NHubClient.builder(fake.environment())
            .credentials(fake.identity(DEFAULT_ENTERPRISE))
            .engine(engine)
            .build()) {
      Subscription subscription =
          nhub.subscribeAsync(
              SubscribeOptions.builder(DEFAULT_ENTERPRISE)
                  .window(WINDOW)
                  .failurePolicy(policy)
                  .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(20)))
                  .listener(inbox)
                  .build(),
              (message, delivery) -> handle(message));
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      List<PublishReceipt> receipts = new ArrayList<>();
      for (int number = 1; number <= MESSAGES; number++) {
        receipts.add(publish(number));
        if (number % (MESSAGES / DROPS) == 0) {
          fake.dropConnections();
          inbox.takeEvent(SubscriptionEvent.Subscribed.class);
        }
        assertTrue(subscription.stats().inFlight() <= WINDOW, this::summary);
      }
      receipts.forEach(receipt -> receipt.awaitDelivered(SOON));

      assertEquals(MESSAGES, calls.size(), this::summary);
      assertTrue(violations.isEmpty(), this::summary);
      assertEquals(MESSAGES / 100, subscription.stats().handedOver(), this::summary);
      assertEquals(MESSAGES * 99 / 100, subscription.stats().handled(), this::summary);
      assertEquals(DROPS, subscription.stats().reconnects(), this::summary);
      acksAreInTheOrderOfArrival();
    }
  }

  private PublishReceipt publish(int number) {
    String device = "device-" + random.nextInt(20);
    return fake.publish(FakeMessage.uplink(device).at(Instant.ofEpochMilli(number)));
  }

  private void acksAreInTheOrderOfArrival() {
    Instant before = Instant.MIN;
    for (AckRecord ack : fake.acks().all()) {
      assertTrue(!ack.sentAt().isBefore(before), () -> ack + " out of turn" + summary());
      before = ack.sentAt();
    }
  }

  private String summary() {
    return "\n  seed " + seed + ": " + calls.size() + " messages; violations: " + violations;
  }
}
