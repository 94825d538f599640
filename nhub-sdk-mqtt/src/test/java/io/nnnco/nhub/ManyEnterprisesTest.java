package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thirty enterprises, each with a key that can read only its own, in one client: what the client
 * itself takes is there once, and only a connection is there thirty times.
 */
class ManyEnterprisesTest {
  private static final int ENTERPRISES = 30;
  private static final int CONTROL = 1;

  private final FakeNHub fake =
      FakeNHub.builder()
          .leakCheck(false)
          .enterprises(
              code(0),
              IntStream.range(1, ENTERPRISES).mapToObj(i -> code(i)).toArray(String[]::new))
          .start();

  /** The handler's enterprise by the device of each message. */
  private final Map<String, String> received = new ConcurrentHashMap<>();

  private static String code(int number) {
    return "nnn.customer" + number;
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private void subscribeAll(NHubClient nhub) throws InterruptedException {
    for (int i = 0; i < ENTERPRISES; i++) {
      subscribe(nhub, code(i), fake.identity(code(i)));
    }
    for (Subscription subscription : nhub.subscriptions()) {
      subscription.awaitConnected(SOON);
    }
  }

  private Subscription subscribe(NHubClient nhub, String enterprise, Credentials credentials) {
    return nhub.subscribe(
        SubscribeOptions.builder(enterprise).credentials(credentials).connectTimeout(SOON).build(),
        (message, delivery) -> keep(enterprise, message));
  }

  private void keep(String enterprise, DeviceMessage message) {
    received.put(message.deviceId(), enterprise);
  }

  @ParameterizedTest
  @CsvSource({"PAHO, 4", "DIRECT, 2"})
  void client_ofThirtyKeys_hasTheThreadsOfOneAndReceivesForAll(MqttEngine engine, int perConnection)
      throws InterruptedException {
    OurThreads.awaitNone();
    try (NHubClient nhub = NHubClient.builder(fake.environment()).engine(engine).build()) {
      subscribeAll(nhub);
      int bound = CONTROL + perConnection * ENTERPRISES;
      Eventually.isTrue(
          () -> OurThreads.besidesWorkers() + " threads, at most " + bound,
          () -> OurThreads.besidesWorkers() <= bound);

      for (int i = 0; i < ENTERPRISES; i++) {
        fake.publish(FakeMessage.uplink("METER-" + i).enterprise(code(i))).awaitDelivered(SOON);
      }
      Eventually.isTrue(nhub.stats()::toString, () -> nhub.stats().handled() == ENTERPRISES);
      for (int i = 0; i < ENTERPRISES; i++) {
        assertEquals(code(i), received.get("METER-" + i));
      }
      int workers = OurThreads.workers();
      assertTrue(workers <= OurThreads.MOST_WORKERS, () -> workers + " workers");
      assertEquals(ENTERPRISES, nhub.stats().received());
      Eventually.isTrue(nhub.health()::toString, () -> nhub.health().reason() == Reason.RECEIVING);
    }
    OurThreads.awaitNone();
  }

  @Test
  void updateCredentials_ofOne_connectsThatOneAlone() throws InterruptedException {
    try (NHubClient nhub = NHubClient.builder(fake.environment()).build()) {
      subscribeAll(nhub);
      ClientIdentity renewed = fake.identities().fresh(code(7));
      nhub.subscriptions().get(7).updateCredentials(renewed);
      Eventually.isTrue("the bridge has accepted it", () -> connects().size() > ENTERPRISES);
      fake.publish(FakeMessage.uplink("METER-7").enterprise(code(7))).awaitDelivered(SOON);

      assertEquals(ENTERPRISES + 1, connects().size());
      ConnectRecord last = connects().get(ENTERPRISES);
      assertEquals(code(7), last.enterprise());
      assertEquals(renewed.fingerprint(), last.certificateFingerprint());
      Eventually.isTrue(nhub.health()::toString, () -> nhub.health().reason() == Reason.RECEIVING);
    }
  }

  private List<ConnectRecord> connects() {
    return fake.connects().all();
  }

  /** A key can read only its own enterprise. */
  @Test
  void health_oneKeyIsOfAnotherEnterprise_namesTheOneThatFailed() throws InterruptedException {
    try (NHubClient nhub = NHubClient.builder(fake.environment()).build()) {
      subscribe(nhub, code(0), fake.identity(code(0))).awaitConnected(SOON);
      Subscription wrong = subscribe(nhub, code(1), fake.identity(code(2)));
      wrong.closed().handle((end, error) -> true).join();
      Eventually.isTrue("it counts", () -> nhub.health().reason() == Reason.FAILED);
      String detail = nhub.health().detail();
      assertTrue(detail.startsWith(code(1) + ": "), detail);
    }
  }
}
