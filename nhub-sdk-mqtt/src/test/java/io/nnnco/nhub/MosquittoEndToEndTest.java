package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.BadCredentialsException;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.NotAuthorizedException;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionRefusedException;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.internal.transport.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole SDK against a broker that others wrote: Eclipse Mosquitto, with TLS, certificates,
 * passwords and an access list as rule M12 has it. Fails where it is not installed.
 */
@Timeout(90)
class MosquittoEndToEndTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Inbox inbox = new Inbox();
  @TempDir private Path directory = Path.of("");
  private Mosquitto broker;

  @BeforeEach
  void start() throws Exception {
    broker = new Mosquitto(directory, true);
  }

  @AfterEach
  void stop() throws InterruptedException {
    broker.stop();
  }

  private static NHubClient client(MqttEngine engine, int port, Credentials credentials) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", port))
        .credentials(credentials)
        .engine(engine)
        .build();
  }

  private NHubClient client(MqttEngine engine) {
    return client(engine, broker.certificatePort(), broker.certificate());
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(200)))
        .listener(inbox);
  }

  private void publish(String device, int first, int last) throws Exception {
    List<String> lines =
        java.util.stream.IntStream.rangeClosed(first, last)
            .mapToObj(i -> "{\"device_id\":\"" + device + "\",\"timestamp_ms\":" + i + "}")
            .toList();
    broker.publish("v4/groups/nnn.acme.master/" + device + "/uplinks", lines);
  }

  private void takeInOrder(int first, int last) throws InterruptedException {
    for (int i = first; i <= last; i++) {
      assertEquals(i, inbox.takeMessage().timestamp().toEpochMilli());
    }
  }

  @ParameterizedTest
  @EnumSource
  void byCertificate_uplinksComeInOrder_andAreAcknowledged(MqttEngine engine) throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = nhub.subscribe(options().window(10).build(), inbox);
      subscription.awaitConnected(SOON);
      publish("ABC123", 1, 200);
      takeInOrder(1, 200);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void byPassword_uplinksCome(MqttEngine engine) throws Exception {
    try (NHubClient nhub = client(engine, broker.passwordPort(), broker.password(true))) {
      nhub.subscribe(options().build(), inbox).awaitConnected(SOON);
      publish("ABC123", 1, 1);
      takeInOrder(1, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongPassword_isTheEnd(MqttEngine engine) {
    try (NHubClient nhub = client(engine, broker.passwordPort(), broker.password(false))) {
      Subscription subscription = nhub.subscribe(options().build(), inbox);
      var error = assertThrows(NHubException.class, subscription::awaitClosed);
      assertTrue(
          Set.of(BadCredentialsException.class, NotAuthorizedException.class)
              .contains(error.getClass()),
          error::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filterOutsideTheScope_isRefused_andNamed(MqttEngine engine) {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription =
          nhub.subscribe(SubscribeOptions.builder("nnn.other").listener(inbox).build(), inbox);
      var refused = assertThrows(SubscriptionRefusedException.class, subscription::awaitClosed);
      assertEquals("v4/groups/nnn.other.master/+/uplinks", refused.topicFilter());
      assertEquals(0x87, refused.reasonCode());
    }
  }

  /** After each PUBACK, Mosquitto 2.0.11 sends a whole window more: docs/adr/0006. */
  @ParameterizedTest
  @CsvSource({"PAHO, 10", "PAHO, 50", "PAHO, 1000", "DIRECT, 10", "DIRECT, 50", "DIRECT, 1000"})
  void backlogOfThousands_inANewSession_comesOverOneConnection(MqttEngine engine, int window)
      throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    try (NHubClient nhub = client(engine)) {
      Subscription subscription =
          nhub.subscribe(
              options().window(window).build(),
              (message, delivery) -> {
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      subscription.awaitConnected(SOON);
      publish("ABC123", 1, 3_000);
      mayReturn.countDown();
      takeInOrder(1, 3_000);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 3_000);
      assertEquals(0, subscription.stats().reconnects());
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokerIsKilledAndRestarted_theSessionGoesOn_andNothingIsLost(MqttEngine engine)
      throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (NHubClient nhub = client(engine)) {
      Subscription subscription =
          nhub.subscribe(
              options().durable("app", Duration.ofHours(1)).window(10).build(),
              (message, delivery) -> {
                calls.incrementAndGet();
                entered.countDown();
                mayReturn.await();
                inbox.handle(message, delivery);
              });
      inbox.takeEvent(StreamEvent.Subscribed.class);
      publish("ABC123", 1, 100);
      assertTrue(entered.await(SOON.toSeconds(), TimeUnit.SECONDS));
      broker.killAndRestart();
      inbox.takeEvent(StreamEvent.Disconnected.class);
      assertTrue(inbox.takeEvent(StreamEvent.Subscribed.class).sessionPresent());
      Eventually.isTrue("sent again", () -> subscription.stats().redelivered() >= 10);

      mayReturn.countDown();
      takeInOrder(1, 100);
      publish("ABC123", 101, 102);
      takeInOrder(101, 102);
      Eventually.isTrue("all acknowledged", () -> subscription.stats().acknowledged() == 102);
      assertEquals(102, calls.get(), "what came again was recognised");
      assertEquals(SubscriptionState.SUBSCRIBED, subscription.state());
      subscription.forget(Duration.ZERO);
    }
  }
}
