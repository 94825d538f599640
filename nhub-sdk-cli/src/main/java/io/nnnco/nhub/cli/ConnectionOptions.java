package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that listens to the MQTT bridge. */
class ConnectionOptions extends PlatformOptions {
  static final Duration DURABLE_FOR = Duration.ofHours(24);

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

  /**
   * What a command receives.
   *
   * @param devices none for all
   * @param kinds none for all
   */
  SubscribeOptionsBuilder subscription(
      String enterprise,
      List<String> devices,
      List<MessageKind> kinds,
      Qos qos,
      @Nullable String durable) {
    SubscribeOptionsBuilder options =
        SubscribeOptions.builder(enterprise).qos(qos).connectTimeout(timeout());
    if (!devices.isEmpty()) {
      options.devices(devices);
    }
    if (kinds.isEmpty()) {
      options.allKinds();
    } else {
      options.kinds(kinds);
    }
    if (durable != null) {
      if (qos == Qos.AT_MOST_ONCE) {
        throw new IllegalArgumentException("--durable keeps messages only with --qos 1.");
      }
      options.durable(durable, DURABLE_FOR);
    }
    return options;
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
