package io.nnnco.nhub.spring;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** New credentials come into use without a restart, while messages flow, and nothing is lost. */
@NHubTest
class CredentialsReloadTest {
  private static final String PASSWORD = "changeit";

  private final Path certs;

  CredentialsReloadTest(@TempDir Path certs) {
    this.certs = certs;
  }

  /** What replaces the credentials while messages flow. */
  private interface Change {
    void make() throws Exception;
  }

  private static ApplicationContextRunner receiving(FakeNHub fake) {
    return Contexts.addressing(fake).withBean(Traffic.Receiver.class);
  }

  private static void assertGoesOver(
      ApplicationContextRunner runner, FakeNHub fake, Change change, ClientIdentity next) {
    runner.run(
        context -> {
          NHubListenerTest.subscribed(context);
          try (Traffic traffic = new Traffic(fake, context.getBean(Traffic.Receiver.class))) {
            traffic.awaitMore();
            change.make();
            awaitConnect(fake, next.fingerprint());
            traffic.awaitMore();
            traffic.assertAllHandledInOrder();
          }
        });
  }

  private static void awaitConnect(FakeNHub fake, String fingerprint) {
    Eventually.isTrue(
        "connected with the new certificate",
        () ->
            fake.connects().all().stream()
                .anyMatch(connect -> fingerprint.equals(connect.certificateFingerprint())));
  }

  @Test
  @Covers("nhub.credentials.directory")
  void directory_filesReplaced_areUsedWithoutARestart(FakeNHub fake) {
    fake.identity().save(certs);
    ClientIdentity next = fake.identities().fresh("nnn.acme");
    assertGoesOver(
        receiving(fake).withPropertyValues("nhub.credentials.directory=" + certs),
        fake,
        () -> next.save(certs),
        next);
  }

  @Test
  void directory_ofCertManager_isWatchedToo(FakeNHub fake) throws IOException {
    asCertManager(fake.identity(), certs.resolve("..1"));
    Path secret = Files.createSymbolicLink(certs.resolve("secret"), certs.resolve("..1"));
    ClientIdentity next = fake.identities().fresh("nnn.acme");
    asCertManager(next, certs.resolve("..2"));
    assertGoesOver(
        receiving(fake).withPropertyValues("nhub.credentials.directory=" + secret),
        fake,
        () ->
            Files.move(
                Files.createSymbolicLink(certs.resolve("next"), certs.resolve("..2")),
                secret,
                ATOMIC_MOVE),
        next);
  }

  private static void asCertManager(ClientIdentity identity, Path directory) throws IOException {
    identity.save(directory);
    Files.move(directory.resolve("client.crt"), directory.resolve("tls.crt"));
    Files.move(directory.resolve("client.key"), directory.resolve("tls.key"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Covers("nhub.credentials.watch")
  void watch_off_theFilesAreReadOnce(boolean certManager, FakeNHub fake) throws IOException {
    Path directory = certs.resolve("in");
    if (certManager) {
      asCertManager(fake.identity(), directory);
    } else {
      fake.identity().save(directory);
    }
    Contexts.addressing(fake)
        .withPropertyValues(
            "nhub.credentials.directory=" + directory, "nhub.credentials.watch=false")
        .run(
            context -> {
              NHubConnectionDetails details = context.getBean(NHubConnectionDetails.class);
              assertNull(details.credentialsSource());
              assertEquals(fake.identity(), details.credentials());
            });
  }

  @Test
  @Covers("nhub.credentials.ssl-bundle")
  void sslBundle_pemReloaded_isUsedWithoutARestart(FakeNHub fake) {
    fake.identity().save(certs);
    ClientIdentity next = fake.identities().fresh("nnn.acme");
    assertGoesOver(
        receiving(fake)
            .withPropertyValues(
                "nhub.credentials.ssl-bundle=nhub",
                "spring.ssl.bundle.watch.file.quiet-period=10ms",
                "spring.ssl.bundle.pem.nhub.reload-on-update=true",
                "spring.ssl.bundle.pem.nhub.keystore.certificate=" + certs.resolve("client.crt"),
                "spring.ssl.bundle.pem.nhub.keystore.private-key=" + certs.resolve("client.key"),
                "spring.ssl.bundle.pem.nhub.truststore.certificate=" + certs.resolve("ca.crt")),
        fake,
        () -> next.save(certs),
        next);
  }

  @ParameterizedTest
  @CsvSource({"JKS,", "PKCS12,", "JKS,client", "PKCS12,client"})
  void sslBundle_keyStoreReloaded_isUsedWithoutARestart(String type, String alias, FakeNHub fake)
      throws Exception {
    ClientIdentity next = fake.identities().fresh("nnn.acme");
    keyStore(type, fake.identity());
    trustStore(type, fake.identity());
    String bundle = "spring.ssl.bundle.jks.nhub.";
    assertGoesOver(
        receiving(fake)
            .withPropertyValues(
                "nhub.credentials.ssl-bundle=nhub",
                "spring.ssl.bundle.watch.file.quiet-period=10ms",
                bundle + "reload-on-update=true",
                bundle + "key.alias=" + (alias == null ? "" : alias),
                bundle + "keystore.type=" + type,
                bundle + "keystore.location=file:" + certs.resolve("keys"),
                bundle + "keystore.password=" + PASSWORD,
                bundle + "truststore.type=" + type,
                bundle + "truststore.location=file:" + certs.resolve("trusted"),
                bundle + "truststore.password=" + PASSWORD),
        fake,
        () -> keyStore(type, next),
        next);
  }

  private void keyStore(String type, ClientIdentity identity)
      throws IOException, GeneralSecurityException {
    Path pem = Files.createTempDirectory(certs, "pem");
    identity.save(pem);
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry(
        "client",
        PemContent.load(pem.resolve("client.key")).getPrivateKey(),
        PASSWORD.toCharArray(),
        identity.chain().toArray(Certificate[]::new));
    save(store, "keys");
  }

  private void trustStore(String type, ClientIdentity identity)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("ca", identity.trustAnchors().get(0));
    save(store, "trusted");
  }

  private void save(KeyStore store, String name) throws IOException, GeneralSecurityException {
    Path next = certs.resolve(name + ".next");
    try (OutputStream out = Files.newOutputStream(next)) {
      store.store(out, PASSWORD.toCharArray());
    }
    Files.move(next, certs.resolve(name), ATOMIC_MOVE);
  }

  private static ApplicationContextRunner managed(FakeNHub fake, Path directory) {
    return receiving(fake)
        .withPropertyValues(
            "nhub.credentials.directory=" + directory,
            "nhub.credentials.managed.api-key-id=" + fake.apiKey("nnn.acme").id(),
            "nhub.management.token=" + fake.adminToken().reveal());
  }

  @Test
  @Covers({
    "nhub.credentials.managed.api-key-id",
    "nhub.credentials.managed.name",
    "nhub.credentials.managed.validity"
  })
  void managed_directoryIsEmpty_aCertificateIsIssued(FakeNHub fake) {
    managed(fake, certs.resolve("new"))
        .withPropertyValues(
            "nhub.credentials.managed.name=Meters", "nhub.credentials.managed.validity=2d")
        .run(
            context -> {
              NHubListenerTest.subscribed(context);
              ClientIdentity issued = ClientIdentity.load(certs.resolve("new"));
              awaitConnect(fake, issued.fingerprint());
              assertEquals(2, Duration.between(issued.notBefore(), issued.expiresAt()).toDays());
              try (Management management = management(fake)) {
                assertEquals("Meters", management.certificates().list().toList().get(0).name());
              }
            });
  }

  @Test
  @Covers("nhub.credentials.managed.renew-before")
  void managed_certificateIsDue_isRenewedUnderTraffic() {
    Instant begin = Instant.now();
    AtomicReference<Duration> ago = new AtomicReference<>(Duration.ofDays(58));
    try (FakeNHub fake =
        FakeNHub.builder().clock(() -> Instant.now().minus(ago.get())).leakCheck(false).start()) {
      CertificateSpec spec =
          CertificateSpec.of("meters", fake.apiKey("nnn.acme").id())
              .withValidity(Duration.ofDays(100));
      try (Management management = management(fake)) {
        management.certificates().issueTo(certs, spec);
      }
      ClientIdentity old = ClientIdentity.load(certs);
      ago.set(Duration.ZERO);
      managed(fake, certs)
          .withPropertyValues(
              "spring.application.name=meters", "nhub.credentials.managed.renew-before=49d")
          .run(
              context -> {
                NHubListenerTest.subscribed(context);
                try (Traffic traffic = new Traffic(fake, context.getBean(Traffic.Receiver.class))) {
                  Eventually.isTrue(
                      "renewed",
                      () ->
                          ClientIdentity.load(certs)
                              .notBefore()
                              .isAfter(begin.minusSeconds(3_600)));
                  ClientIdentity renewed = ClientIdentity.load(certs);
                  assertNotEquals(old.fingerprint(), renewed.fingerprint());
                  awaitConnect(fake, renewed.fingerprint());
                  traffic.awaitMore();
                  traffic.assertAllHandledInOrder();
                }
              });
    }
  }

  @Test
  void managed_theApiIsAway_itsAddressIsNamed_butAValidCertificateIsEnough(FakeNHub fake) {
    ApplicationContextRunner away =
        managed(fake, certs)
            .withPropertyValues(
                "spring.application.name=x", "nhub.api-url=http://localhost:1/api/");
    away.run(
        context -> {
          String description = Contexts.analysis(context).getDescription();
          assertTrue(description.contains("Property: nhub.api-url"), description);
        });
    fake.identity().save(certs);
    away.run(NHubListenerTest::subscribed);
  }

  private static Management management(FakeNHub fake) {
    return Management.builder(fake.environment()).token(fake.adminToken()).build();
  }
}
