package io.nnnco.nhub.micrometer;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;

import io.micrometer.observation.ObservationRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A fake with a client whose handlers are observed. */
abstract class ObservedFixture {
  static final Duration SOON = Duration.ofSeconds(60);
  static final String UPLINKS = "v4/groups/{enterprise}.master/{device}/uplinks";

  final FakeNHub fake = FakeNHub.start();
  final SubscribeOptionsBuilder options =
      SubscribeOptions.builder(DEFAULT_ENTERPRISE)
          .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(50)))
          .failurePolicy(
              FailurePolicy.ofDefaults()
                  .withoutOutageDetection()
                  .withBackoff(Duration.ofMillis(1), Duration.ofMillis(1)));
  private @Nullable NHubClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
    fake.close();
  }

  NHubClient nhub(ObservationRegistry registry) {
    return nhub(NHubObservations.of(registry));
  }

  NHubClient nhub(HandlerInterceptor.Factory observations) {
    return keep(
        NHubClient.builder(fake.environment())
            .credentials(fake.identity(DEFAULT_ENTERPRISE))
            .interceptor(observations)
            .build());
  }

  /** Closed after the test. */
  NHubClient keep(NHubClient made) {
    client = made;
    return made;
  }

  /** Subscribed, and then sent these. */
  Subscription receive(Subscription subscription, FakeMessage... messages)
      throws InterruptedException {
    subscription.awaitConnected(SOON);
    for (FakeMessage each : messages) {
      fake.publish(each);
    }
    return subscription;
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + SOON + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
