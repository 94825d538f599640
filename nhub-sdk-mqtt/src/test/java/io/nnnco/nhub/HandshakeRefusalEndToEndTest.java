package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.testkit.FakeNHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bridge that rejects certificates in the TLS handshake, as OpenSSL does: both engines say why.
 */
class HandshakeRefusalEndToEndTest {
  private final FakeNHub fake = FakeNHub.builder().rejectCertificatesInHandshake().start();
  private final ClientIdentity identity = fake.identities().fresh(DEFAULT_ENTERPRISE);

  @AfterEach
  void close() {
    fake.close();
  }

  @ParameterizedTest
  @EnumSource
  void revokedCertificate_isNamedAsRevoked(MqttEngine engine) {
    fake.revoke(identity);

    assertRejected("certificate_revoked", engine, identity);
  }

  @ParameterizedTest
  @EnumSource
  void certificateThatHasExpiredForThePlatform_isNamedAsExpired(MqttEngine engine) {
    fake.expire(identity);

    assertRejected("certificate_expired", engine, identity);
  }

  @ParameterizedTest
  @EnumSource
  void foreignCertificate_isNamedAsOfAnUnknownCa(MqttEngine engine) {
    assertRejected("unknown_ca", engine, fake.identities().foreignCa(DEFAULT_ENTERPRISE));
  }

  @ParameterizedTest
  @EnumSource
  void certificateOfAnInactiveKey_isGoodInItselfAndRefusedAtConnect(MqttEngine engine) {
    StreamException refused = refused(engine, fake.identities().ofInactiveKey(DEFAULT_ENTERPRISE));

    assertEquals(AuthenticationException.class, refused.getClass());
    assertEquals(StreamErrorCode.NOT_AUTHORIZED, refused.code());
  }

  private void assertRejected(String alert, MqttEngine engine, ClientIdentity certificate) {
    StreamException refused = refused(engine, certificate);

    assertEquals(alert, ((ClientCertificateRejectedException) refused).alert());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("rejects the client certificate: " + alert + "."), message);
  }

  private StreamException refused(MqttEngine engine, ClientIdentity certificate) {
    try (NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(certificate).engine(engine).build();
        Subscription uplinks = nhub.subscribe(DEFAULT_ENTERPRISE, uplink -> {})) {
      return assertThrows(StreamException.class, uplinks::awaitClosed);
    }
  }
}
