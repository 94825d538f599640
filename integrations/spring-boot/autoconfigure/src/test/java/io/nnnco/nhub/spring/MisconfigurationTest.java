package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.message.Uplink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.StandardEnvironment;

/** A wrong value stops the start with a text that names the property and says what to do. */
class MisconfigurationTest {
  private static final String SECRET = "s3cr3t-token";

  static class OneListener {
    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  static final String FAULTS =
      """
          ''                                                       | nhub.environment           | Reason: It is not set
          nhub.environment=Dev AU                                  | nhub.environment           | Not an environment's name
          nhub.environment=a nhub.mqtt=b                           | nhub.mqtt                  | contradicts nhub.environment
          nhub.environment=a nhub.api-url=b                        | nhub.api-url               | contradicts nhub.environment
          nhub.mqtt=localhost:1                                    | nhub.api-url               | not set, but nhub.mqtt is
          nhub.api-url=https://a/                                  | nhub.mqtt                  | not set, but nhub.api-url is
          nhub.api-url=http://example.com/ nhub.mqtt=a             | nhub.api-url               | https
          nhub.api-url=https://a/ nhub.mqtt=a:99999                | nhub.mqtt                  | Not a port
          nhub.api-url=https://a/ nhub.mqtt=a:x                    | nhub.mqtt                  | Not a port
          nhub.environment=a nhub.credentials.directory=/no/where  | nhub.credentials.directory | NHUB-ID-010
          nhub.environment=a nhub.credentials.directory=/x nhub.credentials.username=u | nhub.credentials.username | contradicts
          nhub.environment=a nhub.credentials.directory=/x nhub.credentials.ssl-bundle=u | nhub.credentials.ssl-bundle | contradicts
          nhub.environment=a nhub.credentials.username=u           | nhub.credentials.token     | not set, but nhub.credentials.username is
          nhub.environment=a nhub.credentials.token=s3cr3t-token   | nhub.credentials.username  | not set, but nhub.credentials.token is
          nhub.environment=a nhub.credentials.username=u nhub.credentials.token=s3cr3t-token | nhub.credentials.ca | does not chain to a public CA
          nhub.environment=a nhub.credentials.username=u nhub.credentials.token=s3cr3t-token nhub.credentials.ca=/no | nhub.credentials.ca | NHUB-ID-010
          nhub.environment=a nhub.credentials.ssl-bundle=no        | nhub.credentials.ssl-bundle | There is no SSL bundle
          nhub.environment=a nhub.proxy.host=p                     | nhub.proxy.port            | not set, but nhub.proxy.host is
          nhub.environment=a nhub.proxy.host=p nhub.proxy.port=0   | nhub.proxy.host            | port
          nhub.environment=a nhub.proxy.host=p nhub.proxy.port=1 nhub.proxy.username=u | nhub.proxy.host | both a username and a password
          nhub.environment=a nhub.listener.threads=0               | nhub.listener.threads      | Not a number of threads
          nhub.environment=a nhub.listener.drain=-1s               | nhub.listener.drain        | negative
          nhub.environment=a nhub.subscription.window=0            | nhub.subscription.window   | 1 to 65,535
          nhub.environment=a nhub.subscription.window-bytes=0      | nhub.subscription.window-bytes | at least 1 byte
          nhub.environment=a nhub.subscription.shared-group=a/b    | nhub.subscription.shared-group | group
          nhub.environment=a nhub.subscription.handler-deadline=0s | nhub.subscription.handler-deadline | handlerDeadline
          nhub.environment=a nhub.subscription.connect-timeout=0s  | nhub.subscription.connect-timeout | connectTimeout
          nhub.environment=a nhub.subscription.keep-alive=0s       | nhub.subscription.keep-alive | keepAlive
          nhub.environment=a nhub.subscription.silent-after=0s     | nhub.subscription.silent-after | silentAfter
          nhub.environment=a nhub.subscription.reconnect.max=0s    | nhub.subscription.reconnect.max | initial
          nhub.environment=a nhub.subscription.failure.retries=-1  | nhub.subscription.failure.retries | negative
          nhub.environment=a nhub.subscription.failure.first-delay=1h | nhub.subscription.failure.first-delay | longer
          nhub.environment=a nhub.subscription.failure.patience=-1s | nhub.subscription.failure.patience | negative
          nhub.fake.enabled=true nhub.fake.enterprises=not!        | nhub.fake.enterprises      | enterprise
          nhub.fake.enabled=true nhub.fake.devices=0               | nhub.fake.devices          | no device
          nhub.environment=a                                       | nhub.credentials.directory | cannot subscribe
          nhub.environment=a nhub.credentials.managed.name=n       | nhub.credentials.managed.api-key-id | not set, but nhub.credentials.managed.name is
          nhub.environment=a nhub.credentials.managed.renew-before=1d | nhub.credentials.managed.api-key-id | not set, but nhub.credentials.managed.renew-before is
          nhub.environment=a nhub.credentials.managed.api-key-id=k | nhub.credentials.directory | needs a directory
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.credentials.watch=false | nhub.credentials.watch | always watched
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x | nhub.management.token | needs a token
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.management.token=s3cr3t-token | nhub.credentials.managed.name | certificates need a name
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.management.token=s3cr3t-token nhub.credentials.managed.name=n nhub.credentials.managed.validity=1m | nhub.credentials.managed.validity | 1 to 87,600 hours
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.management.token=s3cr3t-token nhub.credentials.managed.name=n nhub.credentials.managed.renew-before=1s | nhub.credentials.managed.renew-before | renewed at least
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.credentials.username=u nhub.management.token=s3cr3t-token nhub.credentials.managed.name=n | nhub.credentials.username | contradicts
          nhub.environment=a nhub.credentials.managed.api-key-id=k nhub.credentials.directory=/x nhub.credentials.ssl-bundle=u nhub.management.token=s3cr3t-token nhub.credentials.managed.name=n | nhub.credentials.ssl-bundle | contradicts
          nhub.environment=a nhub.credentials.watch=false nhub.credentials.directory=/no/where | nhub.credentials.directory | NHUB-ID-010
          nhub.environment=a nhub.proxy.kind=socks5 nhub.proxy.host=p nhub.proxy.port=1 nhub.proxy.username=u nhub.proxy.password=p nhub.management.token=s3cr3t-token | nhub.proxy.kind | SOCKS
          nhub.environment=a nhub.listener.drain=1m                | nhub.listener.drain        | longer than spring.lifecycle.timeout-per-shutdown-phase, 30s
          nhub.environment=a nhub.subscription.failure.max-delay=1ms | nhub.subscription.failure.max-delay | longer
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = FAULTS)
  void start_wrongProperty_failsAndNamesIt(String properties, String property, String reason) {
    List<String> values = new ArrayList<>();
    for (String part : properties.split(" (?=nhub)", -1)) {
      if (!part.isEmpty()) {
        values.add(part);
      }
    }
    Contexts.bare()
        .withBean(OneListener.class)
        .withPropertyValues(values.toArray(String[]::new))
        .run(
            context -> {
              FailureAnalysis analysis = Contexts.analysis(context);
              String description = analysis.getDescription();
              assertTrue(description.contains("Property: " + property + "\n"), description);
              assertTrue(description.contains(reason), description);
              assertTrue(analysis.getAction().length() > 20, analysis.getAction());
              assertFalse((description + analysis.getAction()).contains(SECRET));
            });
  }

  /** Spring Boot names the property, its place and its value. */
  @ParameterizedTest
  @MethodSource("typed")
  void start_valueOfAnotherType_failsAndNamesTheProperty(String property) {
    Contexts.bare()
        .withPropertyValues(property + "=?!")
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              while (failure != null && !(failure instanceof BindException)) {
                failure = failure.getCause();
              }
              assertEquals(
                  property, assertInstanceOf(BindException.class, failure).getName().toString());
            });
  }

  /** All but texts, and but one that is a condition: as with Spring Boot's own, true is on. */
  static Stream<String> typed() {
    return Metadata.properties().entrySet().stream()
        .filter(entry -> !entry.getValue().get("type").asText().contains("String"))
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("nhub.enabled"));
  }

  @Test
  void text_eachThatCanBeWrong_hasAFault() {
    Set<String> untested = new TreeSet<>(Metadata.properties().keySet());
    typed().forEach(untested::remove);
    FAULTS.lines().map(line -> line.split("\\|", -1)[1].trim()).forEach(untested::remove);
    assertEquals(
        Set.of(
            "nhub.enabled",
            "nhub.credentials.key-password", // A wrong one is a fault of the directory.
            "nhub.proxy.username", // Of nhub.proxy.host, with the whole proxy.
            "nhub.proxy.password",
            "nhub.subscription.durable-name", // Of the listener, in ListenerFaultsTest.
            "nhub.subscription.enterprises"),
        untested);
  }

  @Test
  void token_withALineBreak_isNeverPrinted() {
    Contexts.bare()
        .withPropertyValues("nhub.environment=a", "nhub.management.token=" + SECRET + "\nmore")
        .run(
            context -> {
              FailureAnalysis analysis = Contexts.analysis(context);
              assertTrue(analysis.getDescription().contains("nhub.management.token"));
              assertFalse((analysis.getDescription() + analysis.getAction()).contains(SECRET));
            });
  }

  @Test
  void analysis_propertyFromAFile_namesThePlace() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new OriginTrackedMapPropertySource(
                "file", Map.of("nhub.environment", OriginTrackedValue.of("Dev", new Place()))));

    FailureAnalysis analysis =
        new NHubConfigurationFailureAnalyzer(environment)
            .analyze(
                new NHubConfigurationException(
                    "nhub.environment", "It is wrong.", "Mend it.", null));

    assertNotNull(analysis);
    assertEquals(
        "The N-Hub client could not be set up:\n\n    Property: nhub.environment\n"
            + "    Origin: application.yaml - 3:5\n    Reason: It is wrong.",
        analysis.getDescription());
    assertEquals("Mend it.", analysis.getAction());
  }

  private static final class Place implements Origin {
    @Override
    public String toString() {
      return "application.yaml - 3:5";
    }
  }

  @Test
  void properties_printed_showNoSecret() {
    NHubProperties.Credentials credentials =
        new NHubProperties.Credentials(
            "d",
            SECRET,
            true,
            new NHubProperties.Credentials.Managed(null, null, Duration.ofDays(1), null),
            "u",
            SECRET,
            "c",
            "b");

    assertFalse(credentials.toString().contains(SECRET));
    assertFalse(new NHubProperties.Management(SECRET).toString().contains(SECRET));
    assertFalse(
        new NHubProperties.Proxy(ProxyServer.Kind.HTTP, "h", 1, "u", SECRET)
            .toString()
            .contains(SECRET));
  }
}
