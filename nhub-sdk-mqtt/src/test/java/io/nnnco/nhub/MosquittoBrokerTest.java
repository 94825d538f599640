package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Eclipse Mosquitto. */
class MosquittoBrokerTest extends BrokerContract<Mosquitto> {
  @Override
  Mosquitto start(Path folder) throws Exception {
    return mosquitto(folder);
  }

  @ParameterizedTest
  @EnumSource
  void userProperties_ofMosquittoPub_comeAsSent_andNotByMqtt311(Speaker who) throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    BlockingQueue<List<UserProperty>> seen = new LinkedBlockingQueue<>();
    try (NHubClient nhub = client(who)) {
      nhub.subscribe(
              options(who).build(), (message, delivery) -> seen.add(delivery.userProperties()))
          .awaitConnected(SOON);
      broker.publishWith(
          "v4/groups/nnn.acme.master/ABC123/uplinks",
          "{\"device_id\":\"ABC123\",\"timestamp_ms\":1}",
          "traceparent",
          trace,
          "tag",
          "1",
          "tag",
          "水");
      publish(2, 2);

      List<UserProperty> sent =
          List.of(
              new UserProperty("traceparent", trace),
              new UserProperty("tag", "1"),
              new UserProperty("tag", "水"));
      boolean forwarded = who.version == MqttVersion.MQTT_5;
      assertEquals(forwarded ? sent : List.of(), seen.poll(SOON.toSeconds(), TimeUnit.SECONDS));
      assertEquals(List.of(), seen.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
  }

  /** After each PUBACK, Mosquitto 2.0.11 sends a whole window more: docs/adr/0007. */
  @ParameterizedTest
  @CsvSource({
    "PAHO_5, 10",
    "PAHO_5, 50",
    "PAHO_5, 1000",
    "DIRECT_5, 10",
    "DIRECT_5, 50",
    "DIRECT_5, 1000"
  })
  void backlogOfThousands_inANewSession_comesOverOneConnection(Speaker who, int window)
      throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    try (NHubClient nhub = client(who, broker.certificatePort(), broker.certificate())) {
      Subscription subscription =
          nhub.subscribe(
              options(who).window(window).build(),
              (message, delivery) -> {
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      subscription.awaitConnected(SOON);
      publish(1, 3_000);
      mayReturn.countDown();
      takeInOrder(1, 3_000);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 3_000);
      assertEquals(0, subscription.stats().reconnects());
    }
  }

  /** Mosquitto 2.0.11 sends all that it ever sent unacknowledged again before its SUBACK. */
  @ParameterizedTest
  @EnumSource
  void reset_withABacklogOfThousands_leavesNoMoreThanTheWindowUnfinished(Speaker who)
      throws Exception {
    int backlog = 10_000;
    SubscribeOptions options = durable(who).window(100).build();
    Set<Integer> handled = ConcurrentHashMap.newKeySet();
    AtomicInteger most = new AtomicInteger();
    try (NHubClient nhub = client(who)) {
      Subscription before = nhub.subscribe(options, inbox);
      before.awaitConnected(SOON);
      before.close();
      relay.awaitConnections(0);
      publish(1, backlog);

      CompletableFuture<Subscription> opened = new CompletableFuture<>();
      opened.complete(
          nhub.subscribe(
              options,
              (message, delivery) -> {
                most.accumulateAndGet(opened.get().stats().inFlight(), Math::max);
                if (handled.add(number(message)) && handled.size() % 1_000 == 500) {
                  relay.cut();
                }
                LockSupport.parkNanos(20_000); // Slower than a reader.
              }));
      Subscription subscription = opened.get();
      Eventually.isTrue("all handled", () -> handled.size() == backlog);
      Eventually.isTrue("idle", () -> subscription.stats().inFlight() == 0);
      assertTrue(subscription.stats().reconnects() > 0, () -> subscription.stats().toString());
      assertTrue(most.get() <= 100, () -> most + " unfinished");
      subscription.forget(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokerIsKilledAndRestarted_theSessionGoesOn_andNothingIsLost(Speaker who) throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (NHubClient nhub = client(who, broker.certificatePort(), broker.certificate())) {
      Subscription subscription =
          nhub.subscribe(
              options(who)
                  .durable("killed", Duration.ofHours(1))
                  .window(windowFor(who, 20))
                  .keepAlive(Duration.ofSeconds(4))
                  .build(),
              (message, delivery) -> {
                calls.incrementAndGet();
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      publish(1, 100);
      Eventually.isTrue("a window has come", () -> subscription.stats().received() >= 10);
      broker.killAndRestart();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertTrue(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
      Eventually.isTrue("sent again", () -> subscription.stats().redelivered() >= 10);

      mayReturn.countDown();
      takeInOrder(1, 100);
      publish(101, 102);
      takeInOrder(101, 102);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 102);
      assertEquals(102, calls.get(), "what came again was recognised");
      subscription.forget(Duration.ZERO);
    }
  }
}
