package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;

/** A client that has gone through enough for each of its meters to be there. */
final class EveryMeter implements AutoCloseable {
  final FakeNHub fake = FakeNHub.start();
  final NHubClient nhub;
  final Subscription subscription;

  /** So many devices send, one of them what no handler takes; and the connection is lost once. */
  EveryMeter(MeterRegistry registry, int devices) throws InterruptedException {
    Credentials credentials = fake.identity();
    nhub =
        NHubClient.builder(fake.environment())
            .credentials(credentials)
            .managementToken(fake.adminToken())
            .build();
    new NHubMetrics(nhub).bindTo(registry);
    subscription = nhub.subscribe(options(), (message, delivery) -> handle(delivery.deviceId()));
    subscription.awaitConnected(MetricsFixture.SOON);
    for (int i = 1; i <= devices; i++) {
      fake.publish(FakeMessage.uplink("METER-" + i));
    }
    fake.publish(FakeMessage.uplink("POISON"));
    MetricsFixture.becomes(devices + 1, () -> subscription.stats().acknowledged());
    fake.dropConnections();
    MetricsFixture.becomes(1, () -> subscription.stats().reconnects());
    manage();
  }

  private static SubscribeOptions options() {
    return SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
        .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(200)))
        .failurePolicy(
            FailurePolicy.ofDefaults()
                .withRetries(1)
                .withBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                .withPatience(Duration.ZERO))
        .build();
  }

  private static void handle(String device) {
    if (device.equals("POISON")) {
      throw new IllegalStateException("No row for it.");
    }
  }

  private void manage() {
    ApiKey key = nhub.management().apiKeys().create("svc-meters");
    String id = nhub.management().certificates().issue("Meters", key.id()).id();
    nhub.management().certificates().active(key.id());
    nhub.management().certificates().revoke(id);
    fake.inject(new ApiFault.Respond(400));
    try {
      nhub.management().apiKeys().create("svc-meters-2");
      throw new AssertionError("It was to be refused.");
    } catch (NHubException refused) {
      // As it should be.
    }
  }

  @Override
  public void close() {
    nhub.close();
    fake.close();
  }
}
