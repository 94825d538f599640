package io.nnnco.nhub.kafka.connect;

import static io.nnnco.nhub.kafka.connect.FieldGroup.ANY;
import static io.nnnco.nhub.kafka.connect.FieldGroup.checked;
import static io.nnnco.nhub.kafka.connect.FieldGroup.eachChecked;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The fields of the connector's configuration. {@code docs/kafka.md} has a row for each. */
final class Fields {
  static final String ENVIRONMENT = "nhub.environment";
  static final String MQTT = "nhub.mqtt";
  static final String ENTERPRISE = "nhub.enterprise";
  static final String ENGINE = "nhub.engine";
  static final String PROXY_KIND = "nhub.proxy.kind";
  static final String PROXY_HOST = "nhub.proxy.host";
  static final String PROXY_PORT = "nhub.proxy.port";
  static final String PROXY_USERNAME = "nhub.proxy.username";
  static final String PROXY_PASSWORD = "nhub.proxy.password";
  static final String DIRECTORY = "nhub.credentials.directory";
  static final String CERTIFICATE = "nhub.credentials.certificate";
  static final String KEY = "nhub.credentials.key";
  static final String KEY_PASSWORD = "nhub.credentials.key.password";
  static final String USERNAME = "nhub.credentials.username";
  static final String TOKEN = "nhub.credentials.token";
  static final String CA = "nhub.credentials.ca";
  static final String KINDS = "nhub.kinds";
  static final String DEVICES = "nhub.devices";
  static final String TOPIC = "nhub.topic";
  static final String VALUE = "nhub.value";
  static final String TIMESTAMP = "nhub.timestamp";
  static final String DEAD_LETTER_TOPIC = "nhub.dead.letter.topic";
  static final String DURABLE_NAME = "nhub.durable.name";
  static final String SESSION_EXPIRY = "nhub.session.expiry.ms";
  static final String SESSIONS = "nhub.sessions";
  static final String WINDOW = "nhub.window";
  static final String WINDOW_BYTES = "nhub.window.bytes";
  static final String POLL_WAIT = "nhub.poll.wait.ms";
  static final String VALIDATE_CONNECTION = "nhub.validate.connection";

  /** The word for all kinds, those that this version does not know included. */
  static final String ALL_KINDS = "all";

  static final List<String> KIND_WORDS = List.of("uplinks", "downlinks", "joins", ALL_KINDS);

  static final ConfigDef DEFINITION = define();

  private Fields() {}

  private static ConfigDef define() {
    ConfigDef definition = new ConfigDef();
    connection(new FieldGroup(definition, "Connection"));
    proxy(new FieldGroup(definition, "Proxy"));
    credentials(new FieldGroup(definition, "Credentials"));
    messages(new FieldGroup(definition, "Messages"));
    records(new FieldGroup(definition, "Records"));
    sessions(new FieldGroup(definition, "Sessions"));
    return definition;
  }

  private static void connection(FieldGroup group) {
    group
        .text(
            ENVIRONMENT,
            null,
            checked(NHubEnvironment::of),
            Importance.HIGH,
            "Environment",
            "Name of the hosted environment, such as dev-au-03.")
        .text(
            MQTT,
            null,
            checked(Address::of),
            Importance.MEDIUM,
            "MQTT bridge",
            "Host and port of the MQTT bridge, such as mqtt.example.com:8883, in place of a hosted"
                + " environment. The port is 8883 if left out.")
        .text(
            ENTERPRISE,
            null,
            checked(Enterprise::of),
            Importance.HIGH,
            "Enterprise",
            "Code of the enterprise whose messages to receive, such as nnn.acme. Required.")
        .choice(
            ENGINE,
            FieldGroup.words(MqttEngine.values()),
            "paho",
            Importance.LOW,
            "MQTT implementation",
            "MQTT implementation: paho or direct. Both keep the same promises.")
        .add(
            VALIDATE_CONNECTION,
            ConfigDef.Type.BOOLEAN,
            true,
            ANY,
            Importance.LOW,
            "Connect when validating",
            "Whether to connect to N-Hub, for a few seconds, when a configuration is validated or"
                + " submitted, and to report what does not work. Set it to false where the worker"
                + " that validates cannot reach N-Hub.",
            null);
  }

  private static void proxy(FieldGroup group) {
    group
        .choice(
            PROXY_KIND,
            FieldGroup.words(ProxyServer.Kind.values()),
            "http",
            Importance.LOW,
            "Proxy protocol",
            "Protocol of the proxy: http or socks5.")
        .text(
            PROXY_HOST,
            Importance.LOW,
            "Proxy host",
            "Name or address of the proxy on the way to N-Hub; without it there is none.")
        .add(
            PROXY_PORT,
            ConfigDef.Type.INT,
            null,
            (name, value) -> {
              if (value != null) {
                Range.between(1, 65_535).ensureValid(name, value);
              }
            },
            Importance.LOW,
            "Proxy port",
            "Port of the proxy, often 3128 or 8080.",
            null)
        .text(PROXY_USERNAME, Importance.LOW, "Proxy user name", "User name for the proxy.")
        .secret(PROXY_PASSWORD, Importance.LOW, "Proxy password", "Password for the proxy.");
  }

  private static void credentials(FieldGroup group) {
    group
        .text(
            DIRECTORY,
            Importance.HIGH,
            "Directory",
            "Directory with client.crt, client.key and ca.crt, on each worker. The connector"
                + " follows a renewal of the files without a restart.")
        .text(
            CERTIFICATE,
            Importance.MEDIUM,
            "Certificate",
            "Client certificate as PEM text, in place of the directory.")
        .secret(
            KEY,
            Importance.MEDIUM,
            "Private key",
            "Private key of the client certificate as PEM text, in place of the directory.")
        .secret(
            KEY_PASSWORD,
            Importance.MEDIUM,
            "Password of the private key",
            "Password of the private key, if it is encrypted.")
        .text(
            USERNAME,
            Importance.HIGH,
            "User name",
            "User name of an API key, in place of a client certificate.")
        .secret(TOKEN, Importance.HIGH, "Token", "Token of that API key.")
        .text(
            CA,
            Importance.MEDIUM,
            "CA certificate",
            "The platform's CA certificate for a certificate as text, or for user name and token:"
                + " PEM text, or the path of a file with it on each worker.");
  }

  private static void messages(FieldGroup group) {
    group
        .add(
            KINDS,
            ConfigDef.Type.LIST,
            "uplinks",
            eachChecked(Fields::requireKind),
            Importance.MEDIUM,
            "Kinds of messages",
            "Kinds of messages to receive: uplinks, downlinks, joins; or all, with those that this"
                + " version does not know.",
            new FieldGroup.Words(KIND_WORDS))
        .add(
            DEVICES,
            ConfigDef.Type.LIST,
            "",
            eachChecked(Fields::requireDevice),
            Importance.MEDIUM,
            "Devices",
            "Ids of the devices whose messages to receive; empty for all of the enterprise.",
            null)
        .text(
            DEAD_LETTER_TOPIC,
            null,
            checked(TopicPattern::requireLegal),
            Importance.MEDIUM,
            "Dead letter topic",
            "Topic for the bytes of messages that cannot be decoded, with errors.tolerance=all."
                + " Without it they are logged and discarded. With errors.tolerance=none they fail"
                + " the task.");
  }

  private static void records(FieldGroup group) {
    group
        .text(
            TOPIC,
            "nhub.{enterprise}.{kind}",
            checked(TopicPattern::new),
            Importance.HIGH,
            "Topics",
            "Names of the Kafka topics. {enterprise} is the code of the enterprise, and {kind} the"
                + " kind of message, such as uplinks.")
        .choice(
            VALUE,
            FieldGroup.words(ValueFormat.Kind.values()),
            "json",
            Importance.HIGH,
            "Value",
            "Value of the records. json: the platform's bytes, unchanged; use ByteArrayConverter."
                + " struct: a structure with a schema, for JsonConverter, Avro and the like.")
        .choice(
            TIMESTAMP,
            FieldGroup.words(RecordTime.values()),
            "message",
            Importance.LOW,
            "Timestamp",
            "Timestamp of the records. message: the message's own time, or that of arrival if Kafka"
                + " would refuse it. arrival: when the message was read from the bridge.");
  }

  private static void sessions(FieldGroup group) {
    group
        .text(
            DURABLE_NAME,
            null,
            checked(Fields::requireDurableName),
            Importance.MEDIUM,
            "Durable name",
            "Name of the session at the bridge, which keeps messages while the connector is down."
                + " By default the connector's name. Change it only when nothing is waiting.")
        .add(
            SESSION_EXPIRY,
            ConfigDef.Type.LONG,
            Duration.ofDays(7).toMillis(),
            Range.between(1_000L, 0xFFFF_FFFFL * 1_000),
            Importance.MEDIUM,
            "Session expiry",
            "How long the bridge keeps messages for a connector that is down, in milliseconds.",
            null)
        .add(
            SESSIONS,
            ConfigDef.Type.INT,
            1,
            Range.between(1, 1_000),
            Importance.MEDIUM,
            "Sessions",
            "Number of sessions over which nhub.devices are divided. Each task holds one or more,"
                + " so tasks.max cannot exceed it. Change it only when nothing is waiting.",
            null)
        .add(
            WINDOW,
            ConfigDef.Type.INT,
            2_000,
            Range.between(1, 65_535),
            Importance.MEDIUM,
            "Window",
            "How many messages of a session may be in the connector and not yet in Kafka. The bridge"
                + " keeps the others.",
            null)
        .add(
            WINDOW_BYTES,
            ConfigDef.Type.LONG,
            8L * 1024 * 1024,
            Range.atLeast(1),
            Importance.LOW,
            "Window in bytes",
            "How many bytes of messages of a session may be in the connector and not yet in Kafka.",
            null)
        .add(
            POLL_WAIT,
            ConfigDef.Type.LONG,
            500L,
            Range.between(1L, 60_000L),
            Importance.LOW,
            "Wait of a poll",
            "How long the task waits for a message before it returns to the worker, in"
                + " milliseconds.",
            null);
  }

  private static void requireKind(String word) {
    if (!KIND_WORDS.contains(word)) {
      throw new IllegalArgumentException("A kind is one of " + String.join(", ", KIND_WORDS) + ".");
    }
  }

  private static void requireDevice(String id) {
    SubscribeOptions.builder("nnn").devices(id);
  }

  private static void requireDurableName(String name) {
    SubscribeOptions.builder("nnn").durable(name, Duration.ofDays(1));
  }
}
