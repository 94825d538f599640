package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.identity.WatchedIdentity;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.ManagedIdentity;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/authenticate.md shows. */
@Timeout(300)
class AuthenticateGuideTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeNHub fake = FakeNHub.start();
  private final NHubEnvironment environment = fake.environment();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final Path directory;

  AuthenticateGuideTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void guide_everyBlock_isARegionThatRuns() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/authenticate.md"),
            Path.of("src/test/java/io/nnnco/nhub/docs/AuthenticateGuideTest.java")));
  }

  @Test
  void identity_fromADirectoryOrFromTexts() {
    IssuedCertificate issued = issue();
    issued.identity().save(directory);
    String certificatePem = issued.certificatePem();
    String privateKeyPem = issued.privateKeyPem();
    String caPem = issued.caCertificatePem();
    // tag::identity
    ClientIdentity fromFiles = ClientIdentity.load(directory);
    ClientIdentity fromVault = ClientIdentity.fromPem(certificatePem, privateKeyPem, caPem);
    // end::identity
    assertEquals(fromFiles, fromVault);
  }

  private IssuedCertificate issue() {
    try (Management admin = management()) {
      ApiKey key = admin.apiKeys().create("svc");
      return admin.certificates().issue("Guide", key.id());
    }
  }

  private Management management() {
    return Management.builder(environment).token(fake.adminToken()).build();
  }

  @Test
  void identity_fromFilesOfOtherNames() throws IOException {
    issue().identity().save(directory);
    Path secret = directory;
    Files.move(secret.resolve("client.crt"), secret.resolve("tls.crt"));
    Files.move(secret.resolve("client.key"), secret.resolve("tls.key"));
    // tag::named-files
    ClientIdentity fromSecret =
        ClientIdentity.load(
            secret.resolve("tls.crt"), secret.resolve("tls.key"), secret.resolve("ca.crt"));
    // end::named-files
    assertNotNull(fromSecret);
  }

  @Test
  void usernameAndToken_connect() throws InterruptedException {
    fake.identity().save(directory);
    String username = fake.apiKey("nnn.acme").username();
    String tokenText = fake.apiKey("nnn.acme").token().reveal();
    // tag::username
    UsernamePassword credentials =
        UsernamePassword.load(username, Secret.of(tokenText), directory.resolve("ca.crt"));
    NHubClient nhub = NHubClient.builder(environment).credentials(credentials).build();
    // end::username
    try (nhub) {
      nhub.subscribe("nnn.acme", uplink -> {}).awaitConnected(SOON);
    }
    assertEquals(username, fake.connects().take(SOON).username());
  }

  @Test
  void rotation_withoutAGap() throws InterruptedException {
    try (Management management = management()) {
      ApiKey key = management.apiKeys().create("svc-rotating");
      String apiKeyId = key.id();
      management.certificates().issueTo(directory, CertificateSpec.of("Receiver", apiKeyId));
      ClientIdentity old = ClientIdentity.load(directory);
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme").listener(this::onEvent).build();
      try (NHubClient nhub = NHubClient.builder(environment).credentials(old).build()) {
        nhub.subscribe(options, (message, delivery) -> {}).awaitConnected(SOON);
        // tag::rotate-issue
        List<MqttCertificate> before = management.certificates().active(apiKeyId);
        IssuedCertificate next =
            management.certificates().issueTo(directory, CertificateSpec.of("Receiver", apiKeyId));
        // end::rotate-issue
        // tag::rotate
        nhub.updateCredentials(ClientIdentity.load(directory));
        // end::rotate
        assertEquals("The new certificate is in use", log.poll(60, TimeUnit.SECONDS));
        // tag::rotate-end
        before.forEach(previous -> management.certificates().revoke(previous.id()));
        // end::rotate-end
        assertEquals(
            List.of(next.id()),
            management.certificates().active(apiKeyId).stream().map(MqttCertificate::id).toList());
      }
    }
  }

  // tag::rotation-events
  private void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.CredentialsReplaced) {
      log.add("The new certificate is in use");
    } else if (event instanceof SubscriptionEvent.CredentialsRefused refused) {
      log.add("The old one stays in use: " + refused.cause().getMessage());
    }
  }

  // end::rotation-events

  @Test
  void watchedIdentity_goesOver() throws InterruptedException {
    fake.identities().fresh("nnn.acme").save(directory);
    // tag::watch
    NHubClient watching =
        NHubClient.builder(environment).credentials(WatchedIdentity.in(directory)).build();
    // end::watch
    try (watching) {
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme").listener(this::onEvent).build();
      watching.subscribe(options, (message, delivery) -> {}).awaitConnected(SOON);
      fake.identities().fresh("nnn.acme").save(directory);
      assertEquals("The new certificate is in use", log.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void managedIdentity_isIssuedAndUsed() throws InterruptedException {
    String apiKeyId = fake.apiKey("nnn.acme").id();
    try (Management management = management()) {
      // tag::managed
      CertificateSpec spec =
          CertificateSpec.of("Receiver", apiKeyId).withValidity(Duration.ofDays(90));
      NHubClient renewing =
          NHubClient.builder(environment)
              .credentials(ManagedIdentity.in(directory, spec, management))
              .build();
      // end::managed
      try (renewing) {
        renewing.subscribe("nnn.acme", uplink -> {}).awaitConnected(SOON);
      }
    }
    assertNotNull(ClientIdentity.load(directory));
  }

  @Test
  void awaitCredentials_waitsForOthers() throws InterruptedException {
    ClientIdentity revoked = fake.identities().revoked("nnn.acme");
    fake.identity().save(directory);
    try (NHubClient nhub = NHubClient.builder(environment).credentials(revoked).build()) {
      // tag::await-credentials
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .awaitCredentials()
              .listener(
                  event -> {
                    if (event instanceof SubscriptionEvent.CredentialsRefused refused) {
                      log.add(refused.cause().code().id());
                    }
                  })
              .build();
      Subscription uplinks = nhub.subscribe(options, (message, delivery) -> {});
      // end::await-credentials
      assertEquals("NHUB-AUTH-004", log.poll(60, TimeUnit.SECONDS));
      assertEquals(SubscriptionState.REFUSED, uplinks.state());
      nhub.updateCredentials(ClientIdentity.load(directory));
      uplinks.awaitConnected(SOON);
    }
  }

  @Test
  void badIdentity_saysWhatIsWrongWithIt() {
    // tag::bad-identity
    try {
      ClientIdentity.load(directory);
    } catch (IdentityException e) {
      log.add(e.code().id() + ": " + e.advice());
    }
    // end::bad-identity
    assertNotNull(log.poll());
  }
}
