package io.nnnco.nhub.examples.testing;

// tag::revoked-certificate
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NHubTest
class RevokedCertificateTest {
  @Test
  void revokedCertificate_endsTheSubscriptionAtItsNextConnection(FakeNHub fake)
      throws InterruptedException {
    ClientIdentity identity = fake.identities().fresh("nnn.acme");
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      Subscription uplinks = nhub.subscribe("nnn.acme", uplink -> {});
      uplinks.awaitConnected(Duration.ofSeconds(30));

      fake.revoke(identity); // a live connection stays up
      fake.dropConnections();

      CertificateRevokedException error =
          assertThrows(CertificateRevokedException.class, uplinks::awaitClosed);
      assertEquals("NHUB-AUTH-004", error.code().id());
    }
  }
}
// end::revoked-certificate
