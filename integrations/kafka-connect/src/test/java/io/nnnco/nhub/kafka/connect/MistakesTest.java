package io.nnnco.nhub.kafka.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.FakeApiKey;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code config/validate} says of mistakes. */
@Timeout(120)
class MistakesTest {
  private static final FakeNHub FAKE =
      FakeNHub.builder().enterprises("nnn.acme", "nnn.other").leakCheck(false).start();

  private static @TempDir Path folder = Path.of("");

  @BeforeAll
  static void save() throws IOException {
    FAKE.identity().save(folder.resolve("certs"));
    FAKE.identities().expired("nnn.acme").save(folder.resolve("expired"));
    FAKE.identities().revoked("nnn.acme").save(folder.resolve("revoked"));
    FAKE.identities().foreignCa("nnn.acme").save(folder.resolve("foreign"));
    FAKE.identities().fresh("nnn.acme").save(folder.resolve("mixed"));
    FAKE.identities().fresh("nnn.acme").save(folder.resolve("other"));
    Files.delete(folder.resolve("mixed").resolve(ClientIdentity.KEY_FILE));
    Files.move(
        folder.resolve("other").resolve(ClientIdentity.KEY_FILE),
        folder.resolve("mixed").resolve(ClientIdentity.KEY_FILE));
    Files.createDirectory(folder.resolve("empty"));
  }

  @AfterAll
  static void close() {
    FAKE.close();
  }

  /** A mistake, the field that must report it, and what the report must say. */
  record Mistake(
      String name, Consumer<Map<String, String>> change, String field, List<String> words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Mistake mistake(
      String name, Consumer<Map<String, String>> change, String field, String... words) {
    return new Mistake(name, change, field, List.of(words));
  }

  private static Mistake set(String field, String value, String... words) {
    return mistake(field + "=" + value, config -> config.put(field, value), field, words);
  }

  private static Mistake directory(String name, String... words) {
    return mistake(
        "directory " + name,
        config -> config.put(Fields.DIRECTORY, folder.resolve(name).toString()),
        Fields.DIRECTORY,
        words);
  }

  /** User name, token and CA in place of the directory. */
  private static void useToken(Map<String, String> config, String token) {
    FakeApiKey key = FAKE.apiKey("nnn.acme");
    config.remove(Fields.DIRECTORY);
    config.put(Fields.USERNAME, key.username());
    config.put(Fields.TOKEN, token);
    config.put(Fields.CA, FAKE.caCertificatePem());
  }

  private static String closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "localhost:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Mistake> alone() {
    return List.of(
        set(Fields.ENTERPRISE, "nnn.acme.master", "Leave out the \".master\""),
        set(Fields.MQTT, "localhost:99999", "Not a port"),
        set(Fields.TOPIC, "nhub.{device}", "There is no placeholder {device}"),
        set(Fields.TOPIC, "nhub/{kind}", "letters, digits, dots, hyphens and underscores"),
        set(Fields.TOPIC, "x".repeat(250), "1 to 249"),
        set(Fields.DEVICES, "METER-1,METER/2", "METER/2", "without /, + and #"),
        set(Fields.KINDS, "uplinks,alarms", "uplinks, downlinks, joins, all"),
        set(Fields.VALUE, "avro", "json or struct"),
        set(Fields.SESSIONS, "0", "at least 1"),
        set(Fields.SESSION_EXPIRY, "7d", "Not a number"),
        set(Fields.DURABLE_NAME, "meters of acme", "letters, digits, hyphens and underscores"),
        set(Fields.DEAD_LETTER_TOPIC, "dead letters", "letters, digits, dots"));
  }

  static List<Mistake> together() {
    return List.of(
        mistake(
            "no environment",
            config -> config.remove(Fields.MQTT),
            Fields.ENVIRONMENT,
            "name of your environment"),
        mistake(
            "two addresses",
            config -> config.put(Fields.ENVIRONMENT, "dev-au-03"),
            Fields.MQTT,
            "contradicts nhub.environment"),
        mistake("no enterprise", config -> config.remove(Fields.ENTERPRISE), Fields.ENTERPRISE),
        mistake(
            "no credentials",
            config -> config.remove(Fields.DIRECTORY),
            Fields.DIRECTORY,
            "There are no credentials"),
        mistake(
            "two kinds of credentials",
            config -> config.put(Fields.TOKEN, "secret"),
            Fields.DIRECTORY,
            "one kind of credentials"),
        mistake(
            "token without user name",
            config -> {
              useToken(config, "secret");
              config.remove(Fields.USERNAME);
            },
            Fields.USERNAME,
            "nhub.credentials.token is"),
        mistake(
            "token without CA",
            config -> {
              useToken(config, "secret");
              config.remove(Fields.CA);
            },
            Fields.CA,
            "public CA"),
        mistake(
            "proxy without port",
            config -> config.put(Fields.PROXY_HOST, "proxy.example.com"),
            Fields.PROXY_PORT,
            "proxy's port"),
        mistake(
            "sessions without devices",
            config -> config.put(Fields.SESSIONS, "4"),
            Fields.SESSIONS,
            "nhub.devices is empty"),
        mistake(
            "more tasks than sessions",
            config -> config.put("tasks.max", "4"),
            Fields.SESSIONS,
            "tasks.max is 4",
            "a session of its own"),
        mistake(
            "dead letters that fail",
            config -> config.put(Fields.DEAD_LETTER_TOPIC, "dead"),
            Fields.DEAD_LETTER_TOPIC,
            "errors.tolerance=all"),
        mistake(
            "bytes for a converter of text",
            config ->
                config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Fields.VALUE,
            "ByteArrayConverter"),
        mistake(
            "a structure for a converter of bytes",
            config -> config.put(Fields.VALUE, "struct"),
            Fields.VALUE,
            "JsonConverter"),
        mistake(
            "a producer that waits for no replica",
            config -> config.put("producer.override.acks", "1"),
            "producer.override.acks",
            "Remove it"),
        mistake(
            "a producer that gives up",
            config -> config.put("producer.override.delivery.timeout.ms", "30000"),
            "producer.override.delivery.timeout.ms",
            "Remove it"),
        mistake(
            "a producer that gives up before it sends",
            config -> config.put("producer.override.max.block.ms", "60000"),
            "producer.override.max.block.ms",
            "Remove it"),
        mistake(
            "a producer that changes the order",
            config -> config.put("producer.override.max.in.flight.requests.per.connection", "5"),
            "producer.override.max.in.flight.requests.per.connection",
            "enable.idempotence"),
        mistake(
            "CA of a token in no file",
            config -> {
              useToken(config, "secret");
              config.put(Fields.CA, "/nowhere/ca.crt");
            },
            Fields.CA,
            "/nowhere/ca.crt"),
        mistake(
            "CA of a certificate as text in no file",
            config -> {
              config.remove(Fields.DIRECTORY);
              config.put(Fields.CERTIFICATE, "-----BEGIN CERTIFICATE-----");
              config.put(Fields.KEY, "-----BEGIN PRIVATE KEY-----");
              config.put(Fields.CA, "/nowhere/ca.crt");
            },
            Fields.CA,
            "/nowhere/ca.crt"),
        mistake(
            "a connector's name that no session can have",
            config -> config.put("name", "meters of acme"),
            Fields.DURABLE_NAME,
            "letters, digits, hyphens and underscores"));
  }

  static List<Mistake> connecting() {
    return List.of(
        mistake(
            "an enterprise of others",
            config -> config.put(Fields.ENTERPRISE, "nnn.other"),
            Fields.ENTERPRISE,
            "subscribe.refused"),
        mistake(
            "wrong token",
            config -> useToken(config, "not-the-token"),
            Fields.TOKEN,
            "connect.bad_credentials"),
        directory("expired", "certificate.expired"),
        directory("revoked", "revoked"),
        directory("foreign", "certificate"),
        directory("mixed", "certificate.key_mismatch"),
        directory("empty", "certificate.file_missing", "client.crt"),
        directory("nowhere", "certificate.file_missing"),
        mistake(
            "closed port",
            config -> config.put(Fields.MQTT, closedPort()),
            Fields.MQTT,
            "tcp.refused"),
        mistake(
            "wrong host",
            config -> config.put(Fields.MQTT, "no-such-host.invalid:8883"),
            Fields.MQTT,
            "dns."),
        mistake(
            "the API's port",
            config -> config.put(Fields.MQTT, "localhost:" + FAKE.environment().api().getPort()),
            Fields.MQTT,
            "tls."),
        mistake(
            "closed port of a proxy",
            config -> {
              config.put(Fields.PROXY_HOST, "localhost");
              config.put(Fields.PROXY_PORT, closedPort().split(":", 2)[1]);
            },
            Fields.PROXY_HOST,
            "tcp.proxy_refused"),
        mistake(
            "certificate as text that is none",
            config -> {
              config.remove(Fields.DIRECTORY);
              config.put(Fields.CERTIFICATE, "client.crt");
              config.put(Fields.KEY, "client.key");
              config.put(Fields.CA, FAKE.caCertificatePem());
            },
            Fields.CERTIFICATE,
            "certificate.malformed"));
  }

  private static Map<String, String> right() {
    return TaskFixture.connector(FAKE, folder.resolve("certs"));
  }

  /** The errors by field. */
  private static Map<String, List<String>> errors(Map<String, String> config) {
    return errors(config, Eventually.SOON);
  }

  private static Map<String, List<String>> errors(Map<String, String> config, Duration limit) {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (ConfigValue value : new NHubSourceConnector(limit).validate(config).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  @ParameterizedTest
  @MethodSource({"alone", "together", "connecting"})
  void validate_mistake_isReportedAtItsFieldAndSaysWhatToDo(Mistake mistake) {
    Map<String, String> config = right();
    mistake.change().accept(config);
    Map<String, List<String>> errors = errors(config);
    assertEquals(List.of(mistake.field()), List.copyOf(errors.keySet()), errors::toString);
    String text = String.valueOf(errors.get(mistake.field()));
    mistake.words().forEach(words -> assertTrue(text.contains(words), text));
    assertTrue(!text.contains("not-the-token"), text);
  }

  @Test
  void validate_rightConfiguration_hasNoErrors() {
    assertEquals(Map.of(), errors(right()));
  }

  @Test
  void validate_userNameAndToken_hasNoErrors() {
    Map<String, String> config = right();
    useToken(config, FAKE.apiKey("nnn.acme").token().reveal());
    assertEquals(Map.of(), errors(config));
  }

  @Test
  void validate_pemTexts_hasNoErrors() throws IOException {
    Map<String, String> config = right();
    Path certs = folder.resolve("certs");
    config.remove(Fields.DIRECTORY);
    config.put(Fields.CERTIFICATE, Files.readString(certs.resolve("client.crt")));
    config.put(Fields.KEY, Files.readString(certs.resolve("client.key")));
    config.put(Fields.CA, certs.resolve("ca.crt").toString());
    assertEquals(Map.of(), errors(config));
  }

  @Test
  void validate_withoutConnecting_saysNothingOfTheConnection() {
    Map<String, String> config = right();
    config.put(Fields.MQTT, closedPort());
    config.put(Fields.VALIDATE_CONNECTION, "false");
    assertEquals(Map.of(), errors(config));
  }

  @Test
  void validate_bridgeThatDoesNotRespond_isReportedInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> config = right();
      config.put(Fields.MQTT, "localhost:" + silent.getLocalPort());
      Map<String, List<String>> errors = errors(config, Duration.ofSeconds(1));
      assertTrue(String.valueOf(errors.get(Fields.MQTT)).contains("tls.timeout"), errors::toString);
    }
  }
}
