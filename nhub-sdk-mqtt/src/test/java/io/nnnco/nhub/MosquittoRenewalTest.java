package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsReplaced;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Disconnected;
import io.nnnco.nhub.stream.event.SubscriptionEvent.FormerCertificateRevoked;
import io.nnnco.nhub.stream.event.SubscriptionEvent.RenewalFailed;
import io.nnnco.nhub.stream.internal.EventRecorder;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.internal.platform.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The autopilot with Eclipse Mosquitto as the bridge. Mosquitto holds certificates to the machine's
 * time, so they are issued in it, and only the autopilot is ahead, by virtual time: it sees each
 * grow old, and when that has been replaced it is back at the machine's time.
 */
class MosquittoRenewalTest {
  private static final Duration POLL = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final EventRecorder events = new EventRecorder();
  private final Map<String, List<String>> brokerWhenRevoked = new ConcurrentHashMap<>();
  private volatile Instant abreast = time.instant();
  private IssuingPlatform platform;
  private Mosquitto broker;
  private Path certs;

  @BeforeEach
  void begin(@TempDir Path folder, @TempDir Path temp) throws Exception {
    BrokerFixture.requireMosquitto();
    certs = temp.resolve("certs");
    platform = new IssuingPlatform(this::keepRevocation);
    broker = new Mosquitto(folder, platform.authority());
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    if (broker != null) {
      broker.stop();
    }
    if (platform != null) {
      platform.close();
    }
  }

  private void keepRevocation(RequestRecord request) {
    if (request.path().endsWith("/revoke/")) {
      String id = request.path().replaceAll(".*/(.*)/revoke/", "$1");
      brokerWhenRevoked.put(id, broker.history());
    }
  }

  private Instant timeOfTheAutopilot() {
    return Instant.now().plus(Duration.between(abreast, time.instant()));
  }

  private NHubClient client(MqttEngine engine, Management management) {
    ManagedIdentity managed =
        ManagedIdentity.in(certs, platform.spec(Duration.ofHours(1)), management)
            .revokeFormerAfter(Duration.ZERO)
            .every(POLL)
            .on(time);
    return NHubClient.builder(platform.environment(broker))
        .credentials(client -> managed.begin(new OtherClock(client, this::timeOfTheAutopilot)))
        .engine(engine)
        .build();
  }

  /** Lets time pass until one more certificate has been issued, is in use, and is the only one. */
  private void renewOnce(int renewal) {
    for (int minute = 0; platform.issued().size() == renewal; minute++) {
      assertTrue(minute < 60, "it is renewed while it is valid");
      time.advance(Duration.ofMinutes(1));
    }
    time.advance(POLL);
    events.assertHas(renewal, CredentialsReplaced.class);
    Eventually.isTrue(
        "the former one is revoked",
        () -> {
          time.runDue();
          return events.of(FormerCertificateRevoked.class).size() == renewal;
        });
    abreast = time.instant();
  }

  @ParameterizedTest
  @CsvSource({"DIRECT, 80", "PAHO, 40"}) // About 20 s each: Paho takes its time to go over.
  @Timeout(300)
  void renewals_underTraffic_loseNothing_andRevokeOnlyWhatIsReplaced(
      MqttEngine engine, int renewals) throws InterruptedException {
    try (DeviceLog log = new DeviceLog();
        Management management = platform.management(broker);
        NHubClient nhub = client(engine, management)) {
      SubscribeOptions options =
          SubscribeOptions.builder(DEFAULT_ENTERPRISE)
              .durable("renewal", Duration.ofHours(1))
              .listener(
                  event -> {
                    log.onEvent(event);
                    events.add(event);
                  })
              .build();
      nhub.subscribe(options, log).awaitConnected(Eventually.SOON);
      try (Traffic traffic = new Traffic(broker::publish)) {
        for (int renewal = 1; renewal <= renewals; renewal++) {
          renewOnce(renewal);
        }
        traffic.assertAllHandledInOrder(log);
      }
      assertEquals(List.of(), events.of(Disconnected.class));
      assertEquals(List.of(), events.of(RenewalFailed.class));
      assertEachIsRevokedOnlyAfterItsSuccessorIsSubscribed(renewals);
    }
  }

  private void assertEachIsRevokedOnlyAfterItsSuccessorIsSubscribed(int renewals) {
    List<Certificate> issued = platform.issued();
    assertEquals(renewals + 1, issued.size());
    assertEquals(renewals, brokerWhenRevoked.size());
    for (int i = 0; i < renewals; i++) {
      Certificate successor = issued.get(i + 1);
      List<String> then = brokerWhenRevoked.getOrDefault(issued.get(i).id(), List.of());
      assertEquals(
          List.of("connected", "subscribed"),
          sinceItConnected(successor, then),
          () -> successor + " was not the last to connect, or had not subscribed: " + then);
    }
    List<String> active =
        issued.stream()
            .filter(each -> each.activeAt(Instant.now()))
            .map(Certificate::fingerprint)
            .toList();
    assertEquals(List.of(ClientIdentity.load(certs).fingerprint()), active);
  }

  /** What clients did from when this certificate, which Mosquitto logs by its name, was there. */
  private static List<String> sinceItConnected(Certificate certificate, List<String> broker) {
    return broker.stream()
        .dropWhile(line -> !line.contains("u'" + certificate.id() + "'"))
        .flatMap(MosquittoRenewalTest::step)
        .toList();
  }

  private static Stream<String> step(String line) {
    if (line.contains(": New client connected ")) {
      return Stream.of("connected");
    }
    return line.contains(" v4/groups/") ? Stream.of("subscribed") : Stream.empty();
  }
}
