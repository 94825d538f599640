package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;

/**
 * Connects with an API key's user name and token instead of a certificate, and prints five uplinks.
 * It needs the platform's CA certificate all the same.
 *
 * <p>Needs NHUB_USERNAME, NHUB_PASSWORD, NHUB_ENTERPRISE, and ca.crt in NHUB_CERTS.
 */
public final class UsernameAndToken {
  private UsernameAndToken() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings);
    }
  }

  static void run(ExampleSettings settings) throws InterruptedException {
    UsernamePassword credentials =
        UsernamePassword.load(
            settings.username(), settings.password(), settings.certs().resolve("ca.crt"));
    System.out.println("Connecting with " + credentials);
    try (NHubClient nhub =
            NHubClient.builder(settings.environment()).credentials(credentials).build();
        MessageStream messages =
            nhub.stream(SubscribeOptions.builder(settings.enterprise()).build())) {
      messages.subscription().awaitConnected(Duration.ofSeconds(30));
      messages.stream()
          .limit(5)
          .forEach(
              next -> {
                if (next.message() instanceof Uplink uplink) {
                  System.out.println(UplinkLine.of(uplink));
                }
              });
    }
    System.out.println("Five uplinks, each acknowledged after it was printed.");
  }
}
