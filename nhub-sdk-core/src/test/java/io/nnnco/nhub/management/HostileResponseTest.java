package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.PemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A response that would take forever to read does not hold a call beyond its deadline. */
final class HostileResponseTest {
  /** Only to end what would hang: it takes less than a second. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  @Test
  void issueTo_pemThatIsATimeBomb_endsAndCanBeRecovered(@TempDir Path directory) {
    String bomb = "\\\\".repeat(500_000);
    try (MockApi api = new MockApi();
        Management management = api.builder().build()) {
      api.json(200, "[]");
      api.json(
          201,
          """
          {"id": "c-1", "certificate_pem": "%1$s", "private_key_pem": "%1$s",
           "ca_certificate_pem": "%1$s", "fingerprint": "a1", "expires_at": "2027-03-17T00:00:00Z"}
          """
              .formatted(bomb));

      UnfinishedIssueException e =
          assertTimeoutPreemptively(
              HANGS,
              () ->
                  assertThrows(
                      UnfinishedIssueException.class,
                      () ->
                          management
                              .certificates()
                              .issueTo(directory, CertificateSpec.of("P", "7d0a"))));

      Coded.assertInstanceOf(
          PemException.class, CoreErrorCode.IDENTITY_PEM_MALFORMED, e.getCause());
    }
  }
}
