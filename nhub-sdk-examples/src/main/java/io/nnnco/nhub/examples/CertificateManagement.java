package io.nnnco.nhub.examples;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.CertificateStatus;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.Management;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The life of a certificate: creates an API key, issues a certificate to a directory, lists and
 * revokes it.
 *
 * <p>Needs NHUB_TOKEN. The API key stays: the platform's API has no call that deletes one.
 */
public final class CertificateManagement {
  private CertificateManagement() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, ExampleSettings.temporaryDirectory());
    }
  }

  static void run(ExampleSettings settings, Path directory) {
    try (Management management =
        Management.builder(settings.environment()).token(settings.token()).build()) {
      ApiKey key = management.apiKeys().create("svc-example-" + System.currentTimeMillis());
      System.out.println("API key      " + key.id() + "  (" + key.username() + ")");

      // The platform gives the private key once: issueTo saves it before it returns.
      IssuedCertificate issued =
          management
              .certificates()
              .issueTo(
                  directory,
                  CertificateSpec.of("Example", key.id()).withValidity(Duration.ofDays(1)));
      System.out.println("Issued       " + issued.id() + "  until " + issued.expiresAt());

      ClientIdentity identity = ClientIdentity.load(directory);
      System.out.println("Saved        " + directory + "  " + identity.fingerprint());

      management
          .certificates()
          .active(key.id())
          .forEach(active -> System.out.println("Active       " + active.id()));

      management.certificates().revoke(issued.id());
      CertificateStatus status = management.certificates().find(issued.id()).orElseThrow().status();
      System.out.println("Now          " + status);
    }
  }
}
