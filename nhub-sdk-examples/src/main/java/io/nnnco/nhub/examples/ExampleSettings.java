package io.nnnco.nhub.examples;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.FakeApiKey;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The N-Hub that an example uses: the one that the {@code NHUB_*} environment variables name or, if
 * they name none, a fake in this process with simulated devices. docs/getting-started.md lists the
 * variables.
 */
final class ExampleSettings implements AutoCloseable {
  private final Map<String, String> variables;
  private final Runnable end;

  private ExampleSettings(Map<String, String> variables, Runnable end) {
    this.variables = variables;
    this.end = end;
  }

  /** The settings of this process. */
  static ExampleSettings read() {
    return of(System.getenv());
  }

  static ExampleSettings of(Map<String, String> variables) {
    if (variables.containsKey("NHUB_ENVIRONMENT") || variables.containsKey("NHUB_MQTT")) {
      return new ExampleSettings(variables, () -> {});
    }
    System.out.println("A fake N-Hub in this process, with simulated devices.");
    FakeNHub fake = FakeNHub.start();
    Path directory = temporaryDirectory();
    AtomicBoolean sending = new AtomicBoolean();
    fake.subscriptions()
        .follow(
            subscribe -> {
              if (!sending.getAndSet(true)) {
                fake.simulator().rate(8).joins().start();
                fake.publish(FakeMessage.downlink("70B3D57E4A9AE915"));
              }
            });
    return new ExampleSettings(variablesOf(fake, directory), fake::close);
  }

  /** The settings for an example that runs against this fake. */
  static Map<String, String> variablesOf(FakeNHub fake, Path directory) {
    fake.identity().save(directory);
    FakeApiKey key = fake.apiKey(FakeNHub.DEFAULT_ENTERPRISE);
    return Map.of(
        "NHUB_API_URL", fake.environment().api().toString(),
        "NHUB_MQTT", fake.environment().mqttHost() + ":" + fake.environment().mqttPort(),
        "NHUB_TOKEN", fake.adminToken().reveal(),
        "NHUB_CERTS", directory.toString(),
        "NHUB_USERNAME", key.username(),
        "NHUB_PASSWORD", key.token().reveal(),
        "NHUB_ENTERPRISE", FakeNHub.DEFAULT_ENTERPRISE);
  }

  /** NHUB_ENVIRONMENT, such as dev-au-03; or NHUB_API_URL and NHUB_MQTT, which is host:port. */
  NHubEnvironment environment() {
    if (variables.containsKey("NHUB_ENVIRONMENT")) {
      return NHubEnvironment.of(value("NHUB_ENVIRONMENT"));
    }
    URI mqtt = URI.create("mqtts://" + value("NHUB_MQTT"));
    return NHubEnvironment.at(
        URI.create(value("NHUB_API_URL")),
        mqtt.getHost(),
        mqtt.getPort() < 0 ? 8883 : mqtt.getPort());
  }

  /** NHUB_ENTERPRISE: the enterprise's code, such as nnn.acme. */
  String enterprise() {
    return value("NHUB_ENTERPRISE");
  }

  /** NHUB_TOKEN: a token for the management API. */
  Secret token() {
    return Secret.of(value("NHUB_TOKEN"));
  }

  /** NHUB_CERTS: the directory with client.crt, client.key and ca.crt. */
  Path certs() {
    return Path.of(value("NHUB_CERTS"));
  }

  /** NHUB_USERNAME: an API key's user name. */
  String username() {
    return value("NHUB_USERNAME");
  }

  /** NHUB_PASSWORD: an API key's token. */
  Secret password() {
    return Secret.of(value("NHUB_PASSWORD"));
  }

  private String value(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("Set " + name + ": this example needs it.");
    }
    return value;
  }

  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("nhub-example-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the fake, if there is one. */
  @Override
  public void close() {
    end.run();
  }
}
