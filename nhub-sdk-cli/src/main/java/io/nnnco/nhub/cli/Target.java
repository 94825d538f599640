package io.nnnco.nhub.cli;

import io.nnnco.nhub.cli.Settings.Value;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The N-Hub and the credentials that the settings choose. */
final class Target {
  private static final URI NO_API = URI.create("https://unused.invalid/");
  private static final String NO_HOST = "unused.invalid";
  private static final int MQTT_PORT = 8883;
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]/\\s]+)(?::(\\d{1,5}))?");

  private final Settings settings;
  private final Path workingDirectory;
  private final Consumer<String> warnings;

  Target(Settings settings, Path workingDirectory, Consumer<String> warnings) {
    this.settings = settings;
    this.workingDirectory = workingDirectory;
    this.warnings = warnings;
  }

  /** The N-Hub whose management API is called; the bridge may be unknown. */
  NHubEnvironment api() {
    Value value = address(Setting.API_URL);
    if (value.setting() == Setting.ENVIRONMENT) {
      return environment(value);
    }
    URI uri;
    try {
      uri = URI.create(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake("Not an address such as https://api.example.com/api/v4/manage/.");
    }
    return environment(value, uri, NO_HOST, MQTT_PORT);
  }

  /** The N-Hub to whose bridge to connect; the management API may be unknown. */
  NHubEnvironment bridge() {
    Value value = address(Setting.MQTT);
    if (value.setting() == Setting.ENVIRONMENT) {
      return environment(value);
    }
    Matcher parts = HOST_AND_PORT.matcher(value.text());
    if (!parts.matches()) {
      throw value.mistake(
          "\"" + value.text() + "\" is not host:port, such as mqtt.example.com:8883.");
    }
    int port = parts.group(2) == null ? MQTT_PORT : Integer.parseInt(parts.group(2));
    String host = parts.group(1).replaceAll("[\\[\\]]", "");
    return environment(value, NO_API, host, port);
  }

  /** Both; of the API only the bridge's environment, or nothing, may be known. */
  NHubEnvironment both() {
    NHubEnvironment bridge = bridge();
    return knowsApi()
        ? NHubEnvironment.at(api().api(), bridge.mqttHost(), bridge.mqttPort())
        : bridge;
  }

  private boolean knowsApi() {
    return settings.find(Setting.API_URL, Setting.ENVIRONMENT).isPresent();
  }

  /** A name that comes from a stronger source beats an address from a weaker one. */
  private Value address(Setting setting) {
    return settings.find(setting, Setting.ENVIRONMENT).orElseThrow(Setting.ENVIRONMENT::missing);
  }

  private static NHubEnvironment environment(Value value) {
    try {
      return NHubEnvironment.of(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake(e.getMessage() + "");
    }
  }

  private static NHubEnvironment environment(Value value, URI api, String host, int port) {
    try {
      return NHubEnvironment.at(api, host, port);
    } catch (IllegalArgumentException e) {
      throw value.mistake(e.getMessage() + "");
    }
  }

  Secret token() {
    Value token = settings.require(Setting.TOKEN);
    if (token.text().contains(" ")) {
      throw token.mistake("Not a token. Give only the token, without \"Bearer\" before it.");
    }
    return secret(token, address(Setting.API_URL));
  }

  /** The token; empty if none is set, or no API to send it to. */
  Optional<Secret> tokenIfSet() {
    return knowsApi() && settings.find(Setting.TOKEN).isPresent()
        ? Optional.of(token())
        : Optional.empty();
  }

  boolean hasCredentials() {
    return settings.find(Setting.USERNAME, Setting.CERTS).isPresent();
  }

  /** Every setting and where it comes from, without secrets. */
  List<String> overview() {
    return Arrays.stream(Setting.values())
        .flatMap(setting -> settings.find(setting).stream())
        .map(Value::toString)
        .toList();
  }

  /** The secrets among the settings, so that they can be hidden. */
  Secret[] secrets() {
    return Arrays.stream(Setting.values())
        .filter(Setting::secret)
        .flatMap(setting -> settings.find(setting).stream())
        .map(value -> Secret.of(value.text()))
        .toArray(Secret[]::new);
  }

  /** User name and password if a user name is set at least as strongly as a directory. */
  Credentials credentials() {
    Value who =
        settings
            .find(Setting.USERNAME, Setting.CERTS)
            .orElseThrow(
                () ->
                    CommandFailure.mistake(
                        Setting.CERTS.missing().getMessage()
                            + " For user name and password, set NHUB_USERNAME and NHUB_PASSWORD"
                            + " too; the directory then needs only ca.crt."));
    Path certs = workingDirectory.resolve(settings.require(Setting.CERTS).text());
    if (who.setting() == Setting.USERNAME) {
      Secret password = secret(settings.require(Setting.PASSWORD), address(Setting.MQTT));
      checkTrust(settings.require(Setting.CERTS), settings.require(Setting.PASSWORD));
      Path ca = certs.resolve(ClientIdentity.CA_FILE);
      return Mistakes.told(() -> UsernamePassword.load(who.text(), password, ca));
    }
    SecretFile.check(certs.resolve(ClientIdentity.KEY_FILE), warnings);
    return ClientIdentity.load(certs);
  }

  /** Whoever chooses the CA chooses who can pose as the bridge and get the password. */
  private static void checkTrust(Value certs, Value password) {
    if (certs.source().unasked() && !password.source().unasked()) {
      throw CommandFailure.mistake(
          password.name()
              + " is not sent to a server that a file vouches for: "
              + certs.name()
              + ". Set "
              + certs.setting().variable()
              + " too, or keep both in that file.");
    }
  }

  /**
   * A secret that was set for this user is not sent to an address from a file that happens to be in
   * this directory: the file may have come with another person's code. A name is safe, because it
   * stands for addresses of the platform.
   */
  private static Secret secret(Value secret, Value address) {
    if (address.source().unasked()
        && !secret.source().unasked()
        && address.setting() != Setting.ENVIRONMENT) {
      throw CommandFailure.mistake(
          secret.name()
              + " is not sent to an address that a file chose: "
              + address.name()
              + ". Set "
              + address.setting().variable()
              + " too, or keep both in that file.");
    }
    return Secret.of(secret.text());
  }
}
