package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a connector, as the SDK's types. Its methods throw a {@link FieldException}
 * for fields that contradict each other or are missing. Immutable.
 */
final class ConnectorConfig extends AbstractConfig {
  private static final String NAME = "name";
  private static final String TOLERANCE = "errors.tolerance";

  /** Longer than any process runs: a message waits for Kafka as long as it takes. */
  private static final Duration NO_DEADLINE = Duration.ofDays(36_500);

  /**
   * Checks each field by itself.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a value is not well formed
   */
  ConnectorConfig(Map<String, String> properties) {
    super(Fields.DEFINITION, properties, false);
  }

  /** The connector's name; empty while a configuration without one is validated. */
  String connector() {
    return original(NAME, "");
  }

  /** Whether one message that cannot be used must not stop the others. */
  boolean toleratesErrors() {
    return original(TOLERANCE, "none").equalsIgnoreCase("all");
  }

  String original(String name, String byDefault) {
    Object value = originals().get(name);
    return value == null ? byDefault : value.toString().strip();
  }

  /** Null for what is not set, or blank. */
  @Nullable String text(String field) {
    String value = getString(field);
    return value == null || value.isBlank() ? null : value.strip();
  }

  @Nullable String secret(String field) {
    Password value = getPassword(field);
    return value == null || value.value().isBlank() ? null : value.value().strip();
  }

  NHubEnvironment environment() {
    String name = text(Fields.ENVIRONMENT);
    String mqtt = text(Fields.MQTT);
    if (name != null && mqtt != null) {
      throw new FieldException(
          Fields.MQTT, "It contradicts nhub.environment, which gives the address. Remove one.");
    }
    if (name == null && mqtt == null) {
      throw new FieldException(
          Fields.ENVIRONMENT, "It is not set. Set it to the name of your environment.");
    }
    return name != null ? NHubEnvironment.of(name) : Address.of(mqtt == null ? "" : mqtt);
  }

  Enterprise enterprise() {
    String code = text(Fields.ENTERPRISE);
    if (code == null) {
      throw new FieldException(
          Fields.ENTERPRISE, "It is not set. Set it to the enterprise's code, such as nnn.acme.");
    }
    return Enterprise.of(code);
  }

  MqttEngine engine() {
    return MqttEngine.valueOf(word(Fields.ENGINE));
  }

  private String word(String field) {
    return getString(field).strip().toUpperCase(Locale.ROOT);
  }

  @Nullable ProxyServer proxy() {
    String host = text(Fields.PROXY_HOST);
    if (host == null) {
      return null;
    }
    Integer port = getInt(Fields.PROXY_PORT);
    if (port == null) {
      throw new FieldException(
          Fields.PROXY_PORT, "It is not set, but nhub.proxy.host is. Set it to the proxy's port.");
    }
    String password = secret(Fields.PROXY_PASSWORD);
    return checked(
        Fields.PROXY_HOST,
        () ->
            new ProxyServer(
                ProxyServer.Kind.valueOf(word(Fields.PROXY_KIND)),
                host,
                port,
                text(Fields.PROXY_USERNAME),
                password == null ? null : Secret.of(password)));
  }

  /** The topics of any enterprise. */
  TopicPattern topicsOfAll() {
    return checked(Fields.TOPIC, () -> new TopicPattern(getString(Fields.TOPIC).strip()));
  }

  /** Those of the one that is configured. */
  TopicPattern topics() {
    return checked(Fields.TOPIC, () -> topicsOfAll().of(enterprise()));
  }

  ValueFormat.Kind value() {
    return ValueFormat.Kind.valueOf(word(Fields.VALUE));
  }

  RecordTime timestamp() {
    return RecordTime.valueOf(word(Fields.TIMESTAMP));
  }

  List<String> devices() {
    return getList(Fields.DEVICES).stream().distinct().toList();
  }

  String durableName() {
    String name = text(Fields.DURABLE_NAME);
    String used = name == null ? connector() : name;
    if (used.isEmpty()) {
      throw new FieldException(
          Fields.DURABLE_NAME, "The connector has no name, so set one for its session.");
    }
    return used;
  }

  Duration pollWait() {
    return Duration.ofMillis(getLong(Fields.POLL_WAIT));
  }

  /** What a session receives; without credentials, and without a failure policy. */
  SubscribeOptionsBuilder options(Session session) {
    SubscribeOptionsBuilder options =
        SubscribeOptions.builder(enterprise())
            .window(getInt(Fields.WINDOW))
            .windowBytes(getLong(Fields.WINDOW_BYTES))
            .handlerDeadline(NO_DEADLINE);
    List<String> kinds = getList(Fields.KINDS);
    if (kinds.isEmpty()) {
      throw new FieldException(Fields.KINDS, "It is empty. Set it to uplinks, or to all.");
    }
    if (kinds.contains(Fields.ALL_KINDS)) {
      options.allKinds();
    } else {
      options.kinds(
          kinds.stream().map(kind -> MessageKind.ofTopicLevel(kind).orElseThrow()).toList());
    }
    if (!session.devices().isEmpty()) {
      options.devices(session.devices());
    }
    checked(
        Fields.DURABLE_NAME,
        () ->
            options.durable(
                session.durableName(), Duration.ofMillis(getLong(Fields.SESSION_EXPIRY))));
    return options;
  }

  private static <T> T checked(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new FieldException(field, String.valueOf(e.getMessage()));
    }
  }
}
