package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred subscriptions of one client share its control thread and its workers; only what a
 * connection itself takes is there a hundred times: three threads of Paho's, or two of the SDK's
 * own engine.
 */
class HundredSubscriptionsTest {
  private static final int SUBSCRIPTIONS = 100;
  private static final int CONTROL = 1;
  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  @AfterEach
  void close() {
    fake.close();
  }

  @ParameterizedTest
  @CsvSource({"PAHO, 3", "DIRECT, 1"})
  void threads_areFewAndStated(MqttEngine engine, int perConnection) throws InterruptedException {
    OurThreads.awaitNone();
    CountDownLatch received = new CountDownLatch(SUBSCRIPTIONS);
    try (NHubClient nhub =
        NHubClient.builder(fake.environment())
            .credentials(fake.identity(DEFAULT_ENTERPRISE))
            .engine(engine)
            .build()) {
      List<Subscription> subscriptions = new ArrayList<>();
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        subscriptions.add(
            nhub.subscribe(
                SubscribeOptions.builder(DEFAULT_ENTERPRISE).connectTimeout(SOON).build(),
                (message, delivery) -> received.countDown()));
      }
      for (Subscription subscription : subscriptions) {
        subscription.awaitConnected(SOON);
      }
      fake.publish(FakeMessage.uplink("ABC123"));
      assertTrue(received.await(SOON.toSeconds(), TimeUnit.SECONDS));

      int bound = CONTROL + OurThreads.MOST_WORKERS + perConnection * SUBSCRIPTIONS;
      Eventually.isTrue("at most " + bound + " threads", () -> threads() <= bound);
      long control = OurThreads.names().stream().filter("nhub-control"::equals).count();
      assertEquals(CONTROL, control);
      int workers = OurThreads.workers();
      assertTrue(workers <= OurThreads.MOST_WORKERS, () -> workers + " workers");
    }
    OurThreads.awaitNone();
  }

  private static int threads() {
    return OurThreads.names().size() + OurThreads.ofPaho().size();
  }
}
