package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Prints a line of health and counts every two seconds, until five of them include messages: what a
 * dashboard or a health endpoint would show.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class Health {
  private Health() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, Duration.ofSeconds(2), 5);
    }
  }

  static void run(ExampleSettings settings, Duration every, int enough)
      throws InterruptedException {
    try (NHubClient nhub =
            NHubClient.builder(settings.environment())
                .credentials(ClientIdentity.load(settings.certs()))
                .build();
        Subscription uplinks = nhub.subscribe(settings.enterprise(), uplink -> {})) {
      int lines = 0;
      while (lines < enough && !endedWithin(uplinks, every)) {
        SubscriptionStats stats = uplinks.stats();
        SubscriptionHealth health = uplinks.health();
        System.out.println(line(health, stats));
        if (!health.ready()) {
          System.out.println("          " + health.detail());
        }
        lines += stats.received() > 0 ? 1 : 0;
      }
    }
  }

  /** Waits; a terminal error, such as a revoked certificate, ends the wait. */
  private static boolean endedWithin(Subscription uplinks, Duration time)
      throws InterruptedException {
    try {
      uplinks.closed().get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      System.out.println(e.getCause());
    }
    return true;
  }

  private static String line(SubscriptionHealth health, SubscriptionStats stats) {
    return String.format(
        "%s  %-12s ready=%b received=%d handled=%d acknowledged=%d failed=%d in-flight=%d"
            + " reconnects=%d lag=%s",
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS),
        health.reason(),
        health.ready(),
        stats.received(),
        stats.handled(),
        stats.acknowledged(),
        stats.failedAttempts() + stats.undecodable(),
        stats.inFlight(),
        stats.reconnects(),
        stats.lag() == null ? "-" : stats.lag().toMillis() + "ms");
  }
}
