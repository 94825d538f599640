package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An outage of the application's own side, which begins after one call, while a broker sends what
 * it has. Not with HiveMQ CE, which may keep back all but one message until that is acknowledged.
 */
abstract class HandlerOutageContract<B extends Broker> extends BrokerFixture<B> {
  private static final int WINDOW = 10;
  private static final int DEVICES = 5;
  private static final int OF_EACH = 40;
  private static final int ALL = DEVICES * OF_EACH;

  private DeviceLog stored = new DeviceLog();
  private CountDownLatch published = new CountDownLatch(1);
  private final AtomicBoolean up = new AtomicBoolean();
  private volatile boolean upAgain;

  @BeforeEach
  void beginOnce() {
    stored = new DeviceLog();
    published = new CountDownLatch(1);
    up.set(true);
    upAgain = false;
  }

  @AfterEach
  void closeLog() {
    stored.close();
  }

  @ParameterizedTest
  @EnumSource
  void databaseDown_nothingIsGivenUp_theBrokerKeepsTheRest_andAllComesInOrder(Speaker who)
      throws Exception {
    outage(who, (nhub, options) -> nhub.subscribe(options, this::store));
  }

  @ParameterizedTest
  @EnumSource
  void databaseDown_batches_nothingIsGivenUp_theBrokerKeepsTheRest_andAllComesInOrder(Speaker who)
      throws Exception {
    BatchOptions batches = BatchOptions.of(WINDOW / 2, Duration.ofMillis(20));
    outage(who, (nhub, options) -> nhub.subscribeBatches(options, batches, this::storeAll));
  }

  private void store(DeviceMessage message, Delivery delivery) throws Exception {
    storeAll(List.of(new DeliveredMessage(message, delivery)));
  }

  private void storeAll(List<DeliveredMessage> batch) throws Exception {
    published.await();
    if (!up.getAndSet(false) && !upAgain) {
      throw new IOException("The database is down.");
    }
    for (DeliveredMessage each : batch) {
      stored.handle(each.message(), each.delivery());
    }
  }

  private void outage(Speaker who, BiFunction<NHubClient, SubscribeOptions, Subscription> subscribe)
      throws Exception {
    SubscribeOptions options =
        options(who)
            .window(WINDOW)
            .failurePolicy(
                FailurePolicy.ofDefaults()
                    .withBackoff(Duration.ofMillis(10), Duration.ofMillis(40)))
            .build();
    try (NHubClient nhub = client(who)) {
      Subscription subscription = subscribe.apply(nhub, options);
      subscription.awaitConnected(SOON);
      stored.watch(subscription);
      publishFromEach();
      published.countDown();
      inbox.takeEvent(SubscriptionEvent.HandlerOutageBegan.class);
      long before = subscription.stats().failedAttempts();
      Eventually.isTrue(
          "probes", () -> subscription.stats().failedAttempts() > before + 3L * WINDOW);
      assertEquals(SubscriptionHealth.Reason.HANDLER_OUTAGE, subscription.health().reason());
      SubscriptionStats during = subscription.stats();
      assertTrue(
          during.inFlight() >= WINDOW / 2, during::toString); // Half of it is read at a time.
      assertTrue(during.received() < ALL / 2, during::toString);

      upAgain = true;
      inbox.takeEvent(SubscriptionEvent.HandlerOutageEnded.class);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == ALL);
      assertEquals(ALL, stored.handled());
      assertEquals(List.of(), List.copyOf(stored.outOfOrder()));
      assertEquals(0, stored.copies());
      assertEquals(0, subscription.stats().skipped());
      assertTrue(stored.mostUnfinished() <= WINDOW, () -> stored.mostUnfinished() + " unfinished");
    }
  }

  private void publishFromEach() {
    IntStream.range(0, ALL)
        .forEach(
            i -> {
              String device = "METER-" + i % DEVICES;
              broker.publish(
                  "v4/groups/nnn.acme.master/" + device + "/uplinks",
                  "{\"device_id\":\"%s\",\"timestamp_ms\":%d}".formatted(device, i / DEVICES + 1));
            });
  }
}
