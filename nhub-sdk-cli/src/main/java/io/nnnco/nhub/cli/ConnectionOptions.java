package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.MqttEngine;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that listens to the MQTT bridge. */
final class ConnectionOptions extends PlatformOptions {
  @Option(
      names = "--mqtt",
      paramLabel = "HOST:PORT",
      description = "The MQTT bridge of an N-Hub without a name.")
  private @Nullable String mqtt;

  @Option(
      names = "--certs",
      paramLabel = "DIR",
      description = "Where client.crt, client.key and ca.crt are.")
  private @Nullable Path certs;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description =
          "Connect by user name and password, the API key's token. The password is set as"
              + " NHUB_PASSWORD; of the directory, ca.crt alone is needed.")
  private @Nullable String username;

  /** As whom and to where the settings say. */
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
