package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.ACME;
import static io.nnnco.nhub.DoctorScene.CANARY;
import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.diagnosis.FindingStatus;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a diagnosis does, and what it leaves alone. {@link DoctorMatrixTest} has the faults. */
class DiagnoseTest {
  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void close() {
    fake.close();
  }

  private NHubClient client() {
    return DoctorScene.clientWithToken(fake).build();
  }

  @Test
  void diagnose_allIsWell_hasNoVerdict() {
    fake.subscriptions().follow(any -> fake.publish(FakeMessage.uplink("A")));
    try (NHubClient nhub = client()) {
      Diagnosis diagnosis = nhub.diagnose("nnn.acme");

      assertTrue(diagnosis.verdict().isEmpty(), diagnosis::toString);
      assertEquals(FindingStatus.OK, diagnosis.status());
      assertEquals(FindingCode.MESSAGES_OK, diagnosis.at(DiagnosisStep.MESSAGES).get(0).code());
      assertTrue(diagnosis.toString().endsWith("ms)"), diagnosis::toString);
      assertEquals(List.of("v4/groups/nnn.acme.master/+/uplinks"), diagnosis.topicFilters());
    }
  }

  @Test
  void diagnose_besideADurableSubscriberUnderTraffic_disturbsNothing() throws Exception {
    SubscribeOptions durable =
        SubscribeOptions.builder(ACME).durable("dashboard", Duration.ofHours(1)).build();
    AtomicInteger received = new AtomicInteger();
    try (NHubClient nhub = client()) {
      Subscription subscription =
          nhub.subscribe(durable, (message, delivery) -> received.incrementAndGet());
      subscription.awaitConnected(SOON);
      for (int i = 0; i < 20; i++) {
        fake.publish(FakeMessage.uplink("A" + i));
        nhub.diagnose(DiagnosisOptions.of(durable).withMessageWait(Duration.ZERO));
      }
      Eventually.isTrue("all have arrived", () -> received.get() == 20);
      assertEquals(0, subscription.stats().reconnects());
    }
    List<ConnectRecord> doctors =
        fake.connects().all().stream()
            .filter(connect -> connect.clientId().startsWith("nhub-doctor-"))
            .toList();
    assertEquals(20, doctors.stream().map(ConnectRecord::clientId).distinct().count());
    assertTrue(doctors.stream().allMatch(ConnectRecord::cleanStart));
    assertTrue(doctors.stream().allMatch(connect -> connect.sessionExpiry().isZero()));
    assertTrue(
        fake.subscriptions().all().stream()
            .filter(record -> record.clientId().startsWith("nhub-doctor-"))
            .allMatch(record -> record.requestedQos() == 0));
    assertTrue(fake.requests().all().stream().allMatch(call -> call.method().equals("GET")));
  }

  @Test
  void diagnose_sharedGroup_isLeftAlone() {
    SubscribeOptions member = SubscribeOptions.builder(ACME).sharedGroup("workers").build();
    try (NHubClient nhub = client()) {
      nhub.diagnose(DiagnosisOptions.of(member).withMessageWait(Duration.ZERO));
    }
    assertEquals("v4/groups/nnn.acme.master/+/uplinks", fake.subscriptions().all().get(0).filter());
  }

  @Test
  void diagnose_untrustedServer_isToldNothing() {
    fake.inject(
        new BridgeFault.WrongServerCertificate(ServerCertificate.OTHER_CA), Occurrence.always());
    try (NHubClient nhub = client()) {
      Diagnosis diagnosis = nhub.diagnose(ACME);

      Finding verdict = diagnosis.verdict().orElseThrow();
      assertEquals(FindingCode.TLS_UNTRUSTED_ISSUER, verdict.code());
      assertTrue(verdict.evidence().contains("issued by CN=Other CA"), verdict::toString);
    }
    assertEquals(List.of(), fake.connects().all());
  }

  @Test
  void diagnose_withoutCredentials_looksAtTheServerAllTheSame() {
    try (NHubClient nhub = NHubClient.builder(fake.environment()).build()) {
      Diagnosis diagnosis = nhub.diagnose(ACME);

      Finding tls = diagnosis.at(DiagnosisStep.TLS).get(0);
      assertEquals(FindingCode.TLS_NOT_VERIFIED, tls.code());
      assertTrue(tls.evidence().contains("issued by CN=N-Hub fake CA"), tls::toString);
      assertEquals(
          FindingCode.CONFIGURATION_NO_CREDENTIALS, diagnosis.verdict().orElseThrow().code());
    }
    assertEquals(List.of(), fake.connects().all());
  }

  @Test
  void diagnose_withoutCredentials_findsTheWorseFaultBehindThat() {
    try (NHubClient nhub =
        NHubClient.builder(DoctorScene.bridgeAt(fake, "no-such-host.invalid", 8883)).build()) {
      assertEquals(
          FindingCode.DNS_UNKNOWN_HOST, nhub.diagnose(ACME).verdict().orElseThrow().code());
    }
  }

  @Test
  void diagnose_wrongTokenAndWrongEnterprise_theEnterpriseIsTheVerdict() {
    try (NHubClient nhub =
        DoctorScene.client(fake).managementToken(Secret.of("not-the-token")).build()) {
      Diagnosis diagnosis = nhub.diagnose("nnn.other");

      assertEquals(FindingCode.TOKEN_REJECTED, diagnosis.at(DiagnosisStep.TOKEN).get(0).code());
      assertEquals(FindingCode.SUBSCRIBE_REFUSED, diagnosis.verdict().orElseThrow().code());
    }
  }

  @Test
  void diagnose_throughAProxy_saysThatItOpenedATunnel() {
    try (TestProxy proxy = TestProxy.to(Kind.HTTP, fake.environment().mqttPort());
        NHubClient nhub = DoctorScene.client(fake).proxy(proxy.address()).build()) {
      Diagnosis diagnosis = nhub.diagnose(DoctorScene.options(ACME));

      assertEquals(FindingCode.PROXY_OK, diagnosis.at(DiagnosisStep.PROXY).get(0).code());
      assertTrue(diagnosis.verdict().isEmpty(), diagnosis::toString);
    }
  }

  @Test
  void diagnose_bridgeThatRepeatsThePassword_isShownWithoutIt_onOneLine() {
    fake.inject(new RefuseConnect(0x86, "no:\u001b[31m\n" + CANARY), Occurrence.always());
    UsernamePassword user = UsernamePassword.of("svc", Secret.of(CANARY), fake.caCertificatePem());
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(user).build()) {
      Finding verdict = nhub.diagnose(ACME).verdict().orElseThrow();

      assertEquals(FindingCode.CONNECT_BAD_CREDENTIALS, verdict.code());
      assertFalse(
          verdict.toString().matches("(?s).*(" + CANARY + "|\\p{Cc}).*"), verdict::toString);
    }
  }

  @Test
  void diagnose_credentialsThatNeverLoad_areAFinding_inTime() {
    CountDownLatch never = new CountDownLatch(1);
    DiagnosisOptions options =
        DoctorScene.options(ACME)
            .withTimeout(Duration.ofMillis(200))
            .withCredentials(
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return fake.identity();
                });
    try (NHubClient nhub = client()) {
      Finding found = nhub.diagnose(options).at(DiagnosisStep.CERTIFICATE).get(0);
      assertEquals(FindingCode.CERTIFICATE_UNUSABLE, found.code());
    }
  }

  @Test
  void diagnose_sourceOfCredentialsThatThrowsAnything_isAFinding_withoutItsText() {
    DiagnosisOptions options =
        DoctorScene.options(ACME)
            .withCredentials(
                () -> {
                  throw new IllegalStateException(CANARY);
                });
    try (NHubClient nhub = client()) {
      Diagnosis diagnosis = nhub.diagnose(options);
      assertEquals(FindingCode.CERTIFICATE_UNUSABLE, diagnosis.verdict().orElseThrow().code());
      assertFalse(diagnosis.toString().contains(CANARY), diagnosis::toString);
    }
  }

  @Test
  void diagnose_interruptedThread_returnsWithWhatItHas_andStaysInterrupted() {
    fake.inject(new BridgeFault.Silence(BridgeFault.Moment.CONNECT), Occurrence.always());
    try (NHubClient nhub = client()) {
      Thread.currentThread().interrupt();
      Diagnosis diagnosis =
          nhub.diagnose(DoctorScene.options(ACME).withTimeout(Duration.ofMinutes(5)));

      assertTrue(Thread.interrupted());
      assertNotEquals(FindingStatus.OK, diagnosis.status());
    }
  }

  @Test
  void diagnose_ends_withoutAThreadLeft() {
    try (NHubClient nhub = client()) {
      nhub.diagnose(DoctorScene.options(ACME));

      Eventually.isTrue(
          "its threads have ended",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("nhub-doctor")));
    }
  }

  @Test
  void diagnose_forALog_needsTwoLines() {
    try (NHubClient nhub = client()) {
      StringBuilder log = new StringBuilder();
      // tag::diagnose
      Diagnosis diagnosis = nhub.diagnose("nnn.acme");
      diagnosis.verdict().ifPresent(finding -> log.append(finding));
      // end::diagnose
      assertTrue(log.toString().startsWith("WARNING messages.none: "), log::toString);
    }
  }

  @Test
  void options_outOfRange_areRefused() {
    DiagnosisOptions options = DoctorScene.options(ACME);

    assertThrows(
        IllegalArgumentException.class, () -> options.withMessageWait(Duration.ofMinutes(6)));
    assertThrows(IllegalArgumentException.class, () -> options.withTimeout(Duration.ZERO));
  }

  @Test
  void finding_faultWithoutAdvice_cannotBeMade() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Finding(
                DiagnosisStep.DNS,
                FindingCode.DNS_TIMEOUT,
                FindingStatus.FAULT,
                "seen",
                "cause",
                " "));
  }
}
