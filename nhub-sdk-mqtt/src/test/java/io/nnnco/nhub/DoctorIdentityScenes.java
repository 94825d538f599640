package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.ACME;
import static io.nnnco.nhub.DoctorScene.client;
import static io.nnnco.nhub.DoctorScene.clientWithToken;
import static io.nnnco.nhub.DoctorScene.diagnose;
import static io.nnnco.nhub.DoctorScene.options;
import static io.nnnco.nhub.DoctorScene.scene;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Faults of the clock, and of the client certificate here and at the platform. */
final class DoctorIdentityScenes {
  private DoctorIdentityScenes() {}

  static List<DoctorScene> all() {
    return List.of(
        scene(
            "no credentials",
            FindingCode.CONFIGURATION_NO_CREDENTIALS,
            fake -> diagnose(NHubClient.builder(fake.environment()))),
        scene(
            "clock a day ahead",
            FindingCode.CLOCK_AHEAD,
            fake -> diagnose(client(fake).time(off(Duration.ofDays(1))))),
        scene(
            "clock a day behind",
            FindingCode.CLOCK_BEHIND,
            fake -> diagnose(client(fake).time(off(Duration.ofDays(-1))))),
        scene(
            "clock two minutes ahead",
            FindingCode.CLOCK_SLIGHTLY_OFF,
            fake -> diagnose(client(fake).time(off(Duration.ofMinutes(2))))),
        scene(
            "clock behind the certificate by less than it tolerates, and no API",
            FindingCode.CLOCK_BEFORE_CERTIFICATE,
            fake -> diagnose(withoutApi(fake).time(off(Duration.ofMinutes(-3))))),
        own("expired", FindingCode.CERTIFICATE_EXPIRED, fake -> fake.identities().expired(ACME)),
        own(
            "not valid yet",
            FindingCode.CERTIFICATE_NOT_YET_VALID,
            fake -> fake.identities().notYetValid(ACME)),
        own("a day left", FindingCode.CERTIFICATE_EXPIRES_SOON, DoctorIdentityScenes::ofADay),
        files("missing files", FindingCode.CERTIFICATE_FILE_MISSING, (fake, dir) -> {}),
        files(
            "damaged certificate file",
            FindingCode.CERTIFICATE_MALFORMED,
            (fake, dir) -> {
              fake.identity().save(dir);
              Files.writeString(dir.resolve("client.crt"), "-----BEGIN CERTIFICATE-----\nMII");
            }),
        files(
            "key of another certificate",
            FindingCode.CERTIFICATE_KEY_MISMATCH,
            (fake, dir) -> {
              fake.identities().fresh(ACME).save(dir);
              Path other = Files.createTempDirectory("other");
              fake.identities().fresh(ACME).save(other);
              Files.copy(
                  other.resolve("client.key"),
                  dir.resolve("client.key"),
                  StandardCopyOption.REPLACE_EXISTING);
            }),
        files(
            "CA of another environment",
            FindingCode.CERTIFICATE_WRONG_CA,
            (fake, dir) -> {
              fake.identity().save(dir);
              try (FakeNHub other = FakeNHub.start()) {
                Files.writeString(dir.resolve("ca.crt"), other.caCertificatePem());
              }
            }),
        scene(
            "revoked, with a token to see it",
            FindingCode.CERTIFICATE_REVOKED,
            fake -> diagnose(clientWithToken(fake).credentials(fake.identities().revoked(ACME)))),
        scene(
            "ended by the platform",
            FindingCode.CERTIFICATE_EXPIRED_AT_PLATFORM,
            fake -> {
              NHubClientBuilder client = clientWithToken(fake);
              fake.expire(fake.identity());
              return diagnose(client);
            }),
        scene(
            "unknown to the platform",
            FindingCode.CERTIFICATE_UNKNOWN,
            fake -> diagnose(clientWithToken(fake).credentials(fake.identities().foreignCa(ACME)))),
        scene(
            "of another API key",
            FindingCode.CERTIFICATE_OTHER_KEY,
            fake -> diagnose(clientWithToken(fake), options(ACME).withApiKey("another-key"))),
        scene(
            "ten of ten active",
            FindingCode.CERTIFICATE_LIMIT_REACHED,
            fake -> {
              ClientIdentity identity = issued(fake, Duration.ofDays(365));
              for (int i = 1; i < 10; i++) {
                issued(fake, Duration.ofDays(365));
              }
              return diagnose(clientWithToken(fake).credentials(identity));
            }));
  }

  private static Time off(Duration by) {
    InstantSource system = InstantSource.system();
    return new Time(() -> system.instant().plus(by), System::nanoTime);
  }

  private static NHubClientBuilder withoutApi(FakeNHub fake) {
    NHubEnvironment real = fake.environment();
    return NHubClient.builder(
            NHubEnvironment.at(
                URI.create("http://localhost:" + ClosedPort.number() + "/"),
                real.mqttHost(),
                real.mqttPort()))
        .credentials(fake.identity());
  }

  private static ClientIdentity ofADay(FakeNHub fake) {
    return issued(fake, Duration.ofDays(1));
  }

  private static ClientIdentity issued(FakeNHub fake, Duration validity) {
    try (Management management =
        Management.builder(fake.environment()).token(fake.adminToken()).build()) {
      return management
          .certificates()
          .issue(new CertificateSpec("doctor", fake.apiKey(ACME).id(), validity))
          .identity();
    }
  }

  /** Makes credentials. */
  @FunctionalInterface
  private interface Own {
    Credentials of(FakeNHub fake);
  }

  private static DoctorScene own(String fault, FindingCode expected, Own credentials) {
    return scene(
        "client certificate " + fault,
        expected,
        fake -> diagnose(NHubClient.builder(fake.environment()).credentials(credentials.of(fake))));
  }

  /** Fills a directory. */
  @FunctionalInterface
  private interface Filling {
    void fill(FakeNHub fake, Path directory) throws IOException;
  }

  private static DoctorScene files(String fault, FindingCode expected, Filling filling) {
    return scene(fault, expected, fake -> ofFiles(fake, filling));
  }

  private static Diagnosis ofFiles(FakeNHub fake, Filling filling) throws IOException {
    Path directory = Files.createTempDirectory("doctor");
    filling.fill(fake, directory);
    return diagnose(
        NHubClient.builder(fake.environment()),
        options(ACME).withCredentials(() -> ClientIdentity.load(directory)));
  }
}
