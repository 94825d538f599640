package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.MqttEngine;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that listens to the MQTT bridge. */
class ConnectionOptions extends PlatformOptions {
  @Option(
      names = "--mqtt",
      paramLabel = "HOST:PORT",
      description = "The MQTT bridge, for an N-Hub without an environment name.")
  private @Nullable String mqtt;

  @Option(
      names = "--certs",
      paramLabel = "DIR",
      description = "The directory with client.crt, client.key and ca.crt.")
  private @Nullable Path certs;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description =
          "Connect with this user name and the API key's token as password. Set the password as"
              + " NHUB_PASSWORD; the directory needs only ca.crt.")
  private @Nullable String username;

  /** A client with the credentials and address of the settings. */
  NHubClient client() {
    Target target = target();
    return NHubClient.builder(target.bridge())
        .credentials(target.credentials())
        .engine(MqttEngine.DIRECT)
        .build();
  }

  @Override
  void collect(Map<Setting, String> values) {
    if (mqtt != null) {
      values.put(Setting.MQTT, mqtt);
    }
    if (certs != null) {
      values.put(Setting.CERTS, certs.toString());
    }
    if (username != null) {
      values.put(Setting.USERNAME, username);
    }
  }
}
