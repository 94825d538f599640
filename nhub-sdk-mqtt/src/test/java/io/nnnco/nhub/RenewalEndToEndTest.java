package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.TokenProvider;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CertificateExpires;
import io.nnnco.nhub.stream.event.SubscriptionEvent.CredentialsReplaced;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Disconnected;
import io.nnnco.nhub.stream.event.SubscriptionEvent.FormerCertificateRevoked;
import io.nnnco.nhub.stream.event.SubscriptionEvent.RenewalFailed;
import io.nnnco.nhub.stream.internal.EventRecorder;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The autopilot against the whole platform: real sockets, and days that pass in milliseconds. */
class RenewalEndToEndTest {
  private static final int RENEWALS = 100;
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final Instant begin = Instant.now();
  private volatile Duration clockError = Duration.ZERO;
  private final FakeNHub fake = FakeNHub.builder().clock(this::trueTime).leakCheck(false).start();
  private final Management management =
      Management.builder(fake.environment())
          .token(fake.adminToken(DEFAULT_ENTERPRISE))
          .clock(this::ourTime)
          .build();
  private final CertificateSpec spec =
      CertificateSpec.of("Renewal", fake.apiKey(DEFAULT_ENTERPRISE).id())
          .withValidity(Duration.ofHours(1));
  private final List<String> history = new CopyOnWriteArrayList<>();
  private final EventRecorder events = new EventRecorder();
  private final Path certs;

  RenewalEndToEndTest(@TempDir Path temp) {
    this.certs = temp.resolve("certs");
  }

  @AfterEach
  void close() {
    management.close();
    fake.close();
  }

  private Instant trueTime() {
    return begin.plus(Duration.between(VirtualTime.START, time.instant()));
  }

  private Instant ourTime() {
    return trueTime().plus(clockError);
  }

  private ManagedIdentity managed(Management by) {
    return ManagedIdentity.in(certs, spec, by).revokeFormerAfter(GRACE).every(POLL).on(time);
  }

  private NHubClient client(MqttEngine engine) {
    return client(engine, management);
  }

  private NHubClient client(MqttEngine engine, Management by) {
    return NHubClient.builder(fake.environment())
        .credentials(managed(by))
        .engine(engine)
        .time(new Time(this::ourTime, System::nanoTime))
        .build();
  }

  private List<MqttCertificate> active() {
    return management.certificates().list().filter(c -> c.status().mayBeActive()).toList();
  }

  private ClientIdentity saved() {
    return ClientIdentity.load(certs);
  }

  private long issued() {
    return fake.requests().all().stream()
        .filter(r -> r.method().equals("POST") && r.path().endsWith("mqtt-certificates/"))
        .count();
  }

  /** Who has connected, subscribed and been revoked, in this order. */
  private void keepHistory() {
    fake.connects().follow(c -> history.add("connect " + c.certificateFingerprint()));
    fake.subscriptions().follow(s -> history.add("suback"));
    fake.requests()
        .follow(
            r -> {
              if (r.path().endsWith("/revoke/")) {
                history.add("revoke " + r.path().replaceAll(".*/(.*)/revoke/", "$1"));
              }
            });
  }

  /** Lets time pass until one more certificate has been issued, is in use, and is the only one. */
  private void renewOnce(int renewal) {
    for (int minute = 0; issued() == renewal; minute++) {
      assertTrue(minute < 60, "it is renewed while it is valid");
      time.advance(Duration.ofMinutes(1));
    }
    time.advance(POLL);
    events.assertHas(renewal, CredentialsReplaced.class);
    for (int i = 0; events.of(FormerCertificateRevoked.class).size() < renewal; i++) {
      assertTrue(i < 1_000, "the former one is revoked");
      time.advance(Duration.ofSeconds(1));
      LockSupport.parkNanos(1_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void hundredRenewals_underTraffic_loseNothing_andRevokeOnlyWhatIsReplaced(MqttEngine engine)
      throws InterruptedException {
    keepHistory();
    try (DeviceLog log = new DeviceLog();
        NHubClient nhub = client(engine)) {
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
      try (Traffic traffic = new Traffic((topic, text) -> fake.publish(topic, text))) {
        for (int renewal = 1; renewal <= RENEWALS; renewal++) {
          renewOnce(renewal);
        }
        traffic.assertAllHandledInOrder(log);
      }
      assertEquals(RENEWALS + 1, issued());
      assertEquals(List.of(saved().fingerprint()), fingerprints(active()));
      assertEquals(List.of(), events.of(Disconnected.class));
      assertEquals(List.of(), events.of(RenewalFailed.class));
      assertEquals(List.of(), events.of(CertificateExpires.class));
      assertEachIsRevokedOnlyAfterItsSuccessorIsSubscribed();
    }
  }

  private static List<String> fingerprints(List<MqttCertificate> certificates) {
    return certificates.stream().map(c -> String.valueOf(c.fingerprint())).toList();
  }

  private void assertEachIsRevokedOnlyAfterItsSuccessorIsSubscribed() {
    List<MqttCertificate> inOrder = management.certificates().list().toList();
    List<String> seen = List.copyOf(history);
    for (MqttCertificate each : inOrder) {
      int revoked = seen.indexOf("revoke " + each.id());
      int connected = seen.indexOf("connect " + each.fingerprint());
      assertTrue(connected >= 0, () -> each + " was in use");
      if (revoked < 0) {
        assertEquals(saved().fingerprint(), each.fingerprint());
        continue;
      }
      List<String> between = seen.subList(connected + 1, revoked);
      int successor = firstConnect(between);
      assertTrue(successor >= 0, () -> each + " was revoked without a successor: " + between);
      assertTrue(
          between.subList(successor, between.size()).contains("suback"),
          () -> each + " was revoked before its successor was subscribed: " + between);
    }
  }

  private static int firstConnect(List<String> seen) {
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i).startsWith("connect ")) {
        return i;
      }
    }
    return -1;
  }

  private Subscription subscribe(NHubClient nhub) throws InterruptedException {
    SubscribeOptions options =
        SubscribeOptions.builder(DEFAULT_ENTERPRISE).listener(events::add).build();
    Subscription subscription = nhub.subscribe(options, (message, delivery) -> {});
    subscription.awaitConnected(Eventually.SOON);
    return subscription;
  }

  @Test
  void clockThatJumpsADayEitherWay_causesNoStorm() throws InterruptedException {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub);
      for (int i = 0; i < 12; i++) {
        clockError = Duration.ofDays(i % 2 == 0 ? 1 : -1);
        time.advance(Duration.ofMinutes(1));
      }
      clockError = Duration.ZERO;
      long all = management.certificates().list().count();
      assertTrue(all <= 3, () -> all + " certificates within 12 minutes");
    }
  }

  @Test
  void clockThatIsFastForLong_renewsOncePerTenthOfALifeAtMost() throws InterruptedException {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub);
      clockError = Duration.ofMinutes(50);
      time.advance(Duration.ofHours(1));
      long later = management.certificates().list().count() - 1;
      assertTrue(later > 1 && later <= 10, () -> later + " more certificates within an hour");
    }
  }

  @Test
  void platformThatIsDown_isAskedLessAndLessOften_andEachAttemptIsAnEvent()
      throws InterruptedException {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      Subscription subscription = subscribe(nhub);
      fake.inject(ApiFault.Respond.htmlPage(500), Occurrence.always());
      time.advance(Duration.ofMinutes(50));
      List<RenewalFailed> failed = events.of(RenewalFailed.class);
      assertTrue(failed.size() >= 2 && failed.size() <= 20, failed::toString);
      assertTrue(subscription.health().detail().contains("NHUB-API-"));
      assertTrue(subscription.health().ready());
      fake.clearFaults();
      time.advance(Duration.ofMinutes(5));
      time.advance(POLL);
      events.assertHas(1, CredentialsReplaced.class);
      assertFalse(subscription.health().detail().contains("NHUB-API-"));
    }
  }

  @Test
  void tokenProviderThatThrows_isAnEventWithoutItsText() throws InterruptedException {
    AtomicBoolean failing = new AtomicBoolean();
    TokenProvider vault =
        () -> {
          if (failing.get()) {
            throw new IllegalStateException("the vault said s3cret");
          }
          return fake.adminToken(DEFAULT_ENTERPRISE);
        };
    try (Management own =
            Management.builder(fake.environment())
                .tokenProvider(vault)
                .clock(this::ourTime)
                .build();
        NHubClient nhub = client(MqttEngine.DIRECT, own)) {
      Subscription subscription = subscribe(nhub);
      failing.set(true);
      time.advance(Duration.ofMinutes(45));
      NHubException cause = events.of(RenewalFailed.class).get(0).cause();
      assertEquals(CoreErrorCode.IDENTITY_NOT_RENEWED, cause.code());
      assertTrue(cause.toString().contains("java.lang.IllegalStateException"));
      assertFalse((cause + "" + subscription.health()).contains("s3cret"));
    }
  }

  @Test
  void withoutASubscription_itRenewsAndRevokesNothing() {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      time.advance(Duration.ofMinutes(50));
      assertEquals(2, active().size(), "nothing has proved the new one");
      assertEquals(0, nhub.subscriptions().size());
    }
  }

  @Test
  void severalProcessesWithOneDirectory_renewOnce_andAllGoOver() throws InterruptedException {
    try (NHubClient one = client(MqttEngine.DIRECT);
        NHubClient other = client(MqttEngine.DIRECT)) {
      subscribe(one);
      subscribe(other);
      assertEquals(1, issued());
      while (issued() < 2) {
        time.advance(Duration.ofMinutes(1));
      }
      time.advance(POLL);
      events.assertHas(2, CredentialsReplaced.class);
      time.advance(Duration.ofMinutes(5));
      assertEquals(2, issued());
      Eventually.isTrue(
          "only the one in the directory is left",
          () -> {
            time.advance(Duration.ofSeconds(1));
            return fingerprints(active()).equals(List.of(saved().fingerprint()));
          });
    }
  }

  @Test
  void restartBetweenSubackAndRevocation_revokesTheFormerOne() throws InterruptedException {
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub);
      while (issued() < 2) {
        time.advance(Duration.ofMinutes(1));
      }
      time.advance(POLL);
      events.assertHas(1, CredentialsReplaced.class);
      assertEquals(2, active().size());
    }
    try (NHubClient next = client(MqttEngine.DIRECT)) {
      subscribe(next);
      Eventually.isTrue(
          "only the one in the directory is left",
          () -> {
            time.advance(Duration.ofSeconds(1));
            return fingerprints(active()).equals(List.of(saved().fingerprint()));
          });
    }
  }

  @Test
  void platformThatIsDown_doesNotKeepAClientWithAGoodIdentityFromStarting()
      throws InterruptedException {
    client(MqttEngine.DIRECT).close();
    fake.inject(ApiFault.Respond.htmlPage(500), Occurrence.always());
    try (NHubClient nhub = client(MqttEngine.DIRECT)) {
      subscribe(nhub);
    }
  }
}
