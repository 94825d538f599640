package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice of engine and version, through the front door. */
class EngineEndToEndTest {
  private final FakeNHub fake = FakeNHub.start();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void guide_showsCodeThatRuns() throws InterruptedException {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/engines.md"),
            Path.of("src/test/java/io/nnnco/nhub/EngineEndToEndTest.java")));
    NHubEnvironment environment = fake.environment();
    ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
    OurThreads.awaitNone();
    // tag::engine
    NHubClient nhub =
        NHubClient.builder(environment).credentials(identity).engine(MqttEngine.DIRECT).build();
    // end::engine
    try (nhub) {
      subscribe(nhub, options());
      assertEquals(List.of(), OurThreads.ofPaho());
    }
  }

  private NHubClient client(MqttEngine engine) {
    return NHubClient.builder(fake.environment())
        .credentials(fake.identity(DEFAULT_ENTERPRISE))
        .engine(engine)
        .build();
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
        .listener(inbox);
  }

  private void subscribe(NHubClient nhub, SubscribeOptionsBuilder options)
      throws InterruptedException {
    Subscription subscription = nhub.subscribe(options.build(), inbox);
    subscription.awaitConnected(SOON);
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void engine_carriesMessagesOverADrop_andLeavesNoThread(MqttEngine engine)
      throws InterruptedException {
    try (NHubClient nhub = client(engine)) {
      subscribe(nhub, options());
      IntStream.range(0, 500).forEach(i -> fake.publish(FakeMessage.uplink("before-" + i)));
      fake.dropConnections();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      IntStream.range(0, 500).forEach(i -> fake.publish(FakeMessage.uplink("after-" + i)));
      for (int i = 0; i < 1_000; i++) {
        inbox.takeMessage();
      }
      assertEquals(5, fake.connects().take(SOON).protocolLevel());
    }
    OurThreads.awaitNone();
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void protocol311_isSpokenWhateverTheEngine(MqttEngine engine) throws InterruptedException {
    try (NHubClient nhub = client(engine)) {
      subscribe(nhub, options().protocol(MqttVersion.MQTT_3_1_1));
      assertEquals(4, fake.connects().take(SOON).protocolLevel());
      fake.publish(FakeMessage.uplink("ABC123"));
      assertEquals("ABC123", inbox.takeMessage().deviceId());

      fake.dropConnections();
      fake.publish(FakeMessage.uplink("during"));
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertTrue(inbox.takeEvent(SubscriptionEvent.Subscribed.class).sessionPresent());
      assertEquals("during", inbox.takeMessage().deviceId());
    }
    fake.verifyNoLeaks();
  }

  @Test
  void protocol311_closed_leavesNoSessionAtTheBridge() throws InterruptedException {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub, options().protocol(MqttVersion.MQTT_3_1_1));
    }
    assertEquals(4, fake.connects().take(SOON).protocolLevel());
    assertTrue(fake.connects().take(SOON).cleanStart(), "a CONNECT that ends the session");
  }

  @Test
  void level5Refused_isToldAndRememberedByTheClient() throws InterruptedException {
    fake.inject(new BridgeFault.RefuseConnect(0x84));
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub, options());
      assertEquals(
          MqttVersion.MQTT_3_1_1,
          inbox.takeEvent(SubscriptionEvent.ProtocolFallback.class).version());
      fake.publish(FakeMessage.uplink("ABC123"));
      assertEquals("ABC123", inbox.takeMessage().deviceId());
      fake.dropConnections();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      assertEquals(
          List.of(5, 4, 4),
          fake.connects().all().stream().map(connect -> connect.protocolLevel()).toList());
    }
  }

  @Test
  void refusedTopicIn311_isTheSameTypedError() {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      Subscription subscription =
          nhub.subscribe(
              SubscribeOptions.builder("nnn.other").protocol(MqttVersion.MQTT_3_1_1).build(),
              inbox);
      assertThrows(SubscriptionRefusedException.class, subscription::awaitClosed);
    }
  }
}
