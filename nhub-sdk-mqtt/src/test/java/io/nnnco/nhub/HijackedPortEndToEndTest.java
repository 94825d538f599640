package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After an outage somebody else answers in the bridge's place: what he says in the clear ends no
 * subscription that has stood. What the bridge itself says, under TLS 1.3, does.
 */
class HijackedPortEndToEndTest {
  /** The alerts about a client's certificate (RFC 8446, section 6). */
  private static final List<Integer> OF_CERTIFICATES = List.of(42, 43, 44, 45, 46, 48, 49, 116);

  private final FakeNHub fake = FakeNHub.start();
  private final Relay relay = new Relay(fake.environment().mqttPort());
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() throws IOException {
    relay.close();
    fake.close();
  }

  private NHubClient client(MqttEngine engine) {
    return NHubClient.builder(
            NHubEnvironment.at(fake.environment().api(), "localhost", relay.port()))
        .credentials(fake.identity(DEFAULT_ENTERPRISE))
        .engine(engine)
        .build();
  }

  private Subscription subscribe(NHubClient nhub) {
    return nhub.subscribe(
        SubscribeOptions.builder(DEFAULT_ENTERPRISE)
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(50)))
            .listener(inbox)
            .build(),
        inbox);
  }

  private static byte[] alertInTheClear(int description) {
    return new byte[] {0x15, 3, 3, 0, 2, 2, (byte) description};
  }

  @ParameterizedTest
  @EnumSource
  void alertInTheClear_afterAnOutage_isTriedAgainUntilTheBridgeIsBack(MqttEngine engine)
      throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      for (int alert : OF_CERTIFICATES) {
        relay.answerWith(alertInTheClear(alert));
        relay.cut();
        ClientCertificateRejectedException rejected = takeRejection();
        assertTrue(
            String.valueOf(rejected.getMessage()).contains("has not proved to be the bridge"),
            rejected::getMessage);
        assertFalse(subscription.closed().isDone());
        relay.letThrough();
        inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      }
    }
  }

  /** The first attempt after the outage is the one that the impostor answers. */
  private ClientCertificateRejectedException takeRejection() throws InterruptedException {
    NHubException failure = inbox.takeFailure();
    while (!(failure instanceof ClientCertificateRejectedException)) {
      failure = inbox.takeFailure();
    }
    return (ClientCertificateRejectedException) failure;
  }

  @ParameterizedTest
  @EnumSource
  void alertInTheClear_beforeAnythingStood_endsTheSubscription(MqttEngine engine) {
    relay.answerWith(alertInTheClear(42));
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      assertThrows(ClientCertificateRejectedException.class, subscription::awaitClosed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void alertUnderTls13_afterAnOutage_endsTheSubscription(MqttEngine engine) throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      fake.inject(new BridgeFault.RejectCertificate());
      relay.cut();

      NHubException end = assertThrows(NHubException.class, subscription::awaitClosed);

      var rejected = assertInstanceOf(ClientCertificateRejectedException.class, end);
      assertEquals(ConnectionPhase.CONNECT, rejected.phase(), "encrypted: the handshake was over");
    }
  }
}
