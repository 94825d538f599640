package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Everything from start to end: an API key, a certificate, and uplinks over mutual TLS.
 *
 * <p>Without settings it runs on a fake N-Hub in this process. With {@code NHUB_ENVIRONMENT},
 * {@code NHUB_TOKEN} and {@code NHUB_ENTERPRISE} set, it does the same on the real platform.
 */
public final class Quickstart {
  private static final int ENOUGH = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Quickstart() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings);
    }
  }

  static void run(ExampleSettings settings) throws InterruptedException {
    receive(settings.environment(), settings.token(), settings.enterprise());
  }

  private static void receive(NHubEnvironment environment, Secret token, String enterprise)
      throws InterruptedException {
    try (Management management = Management.builder(environment).token(token).build()) {
      ApiKey key = management.apiKeys().create("svc-quickstart-" + System.currentTimeMillis());
      System.out.println("API key      " + key.id() + "  (" + key.username() + ")");

      IssuedCertificate certificate = management.certificates().issue("Quickstart", key.id());
      System.out.println("Certificate  " + certificate.fingerprint());
      System.out.println("expires      " + certificate.expiresAt());

      subscribe(environment, certificate.identity(), enterprise);

      management.certificates().revoke(certificate.id());
      System.out.println("The certificate is revoked: it was for this run only.");
    }
  }

  private static void subscribe(
      NHubEnvironment environment, ClientIdentity identity, String enterprise)
      throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(ENOUGH);
    try (NHubClient nhub = NHubClient.builder(environment).credentials(identity).build()) {
      Subscription uplinks =
          nhub.subscribe(
              enterprise,
              uplink -> {
                System.out.println(UplinkLine.of(uplink));
                enough.countDown();
              });
      uplinks.awaitConnected(Duration.ofSeconds(30));
      System.out.println("Subscribed to the uplinks of " + enterprise);
      boolean seen = enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      uplinks.close();
      SubscriptionStats stats = uplinks.stats();
      System.out.printf(
          "%s%d received, %d acknowledged, %d failed%n",
          seen ? "" : "Not enough devices spoke. ",
          stats.received(),
          stats.acknowledged(),
          stats.failedAttempts() + stats.undecodable());
    }
  }
}
