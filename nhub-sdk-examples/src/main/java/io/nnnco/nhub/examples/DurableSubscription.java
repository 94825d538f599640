package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A subscription that survives a restart: the bridge queues what devices send while no client is
 * connected, and delivers it to the next client with the same durable name.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class DurableSubscription {
  private DurableSubscription() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, Duration.ofSeconds(3));
    }
  }

  static void run(ExampleSettings settings, Duration downtime) throws InterruptedException {
    receive(settings, 5, false);
    System.out.println("Stopped. The bridge queues what devices send now.");
    Thread.sleep(downtime.toMillis()); // the restart
    receive(settings, 10, true);
  }

  /** A separate process, in real life: a new client that knows nothing of the one before. */
  private static void receive(ExampleSettings settings, int enough, boolean last)
      throws InterruptedException {
    Instant started = Instant.now();
    CountDownLatch seen = new CountDownLatch(enough);
    SubscribeOptions options =
        SubscribeOptions.builder(settings.enterprise())
            .durable("durable-example", Duration.ofHours(1))
            .build();
    try (NHubClient nhub =
        NHubClient.builder(settings.environment())
            .credentials(ClientIdentity.load(settings.certs()))
            .build()) {
      System.out.println("Subscribing as durable-example.");
      Subscription uplinks =
          nhub.subscribe(
              options,
              (message, delivery) -> {
                boolean waited = message.timestamp().isBefore(started);
                System.out.println((waited ? "had waited  " : "live        ") + message.deviceId());
                seen.countDown();
              });
      uplinks.awaitConnected(Duration.ofSeconds(30));
      if (!seen.await(5, TimeUnit.MINUTES)) {
        System.out.println("Not enough devices spoke.");
      }
      // close() keeps the session for the next start; forget() ends it, for it was an example.
      Duration drain = Duration.ofSeconds(10);
      DrainReport report = last ? uplinks.forget(drain) : uplinks.close(drain);
      System.out.println("Left to be sent again: " + report.abandoned());
    }
  }
}
