package io.nnnco.nhub.testkit.internal.platform;

import io.nnnco.nhub.testkit.internal.bridge.ClientCertificates;
import io.nnnco.nhub.testkit.internal.bridge.ConnectAttempt;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Admitted;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refusal;
import io.nnnco.nhub.testkit.internal.bridge.ConnectDecision.Refused;
import io.nnnco.nhub.testkit.internal.bridge.Gatekeeper;
import io.nnnco.nhub.testkit.internal.bridge.TlsAlert;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules M3 to M7: who may connect, and to which enterprise's messages. */
public final class PlatformGatekeeper implements Gatekeeper {
  private final Platform platform;

  /**
   * Creates a gatekeeper.
   *
   * @param platform has the keys and certificates
   */
  public PlatformGatekeeper(Platform platform) {
    this.platform = platform;
  }

  @Override
  public ConnectDecision admit(ConnectAttempt attempt) {
    if (!attempt.certificates().isEmpty()) {
      return byCertificate(attempt.certificates().get(0));
    }
    return attempt.username() == null
        ? refused("no client certificate and no username")
        : byPassword(attempt.username(), attempt.password());
  }

  private ConnectDecision byCertificate(X509Certificate shown) {
    if (!signedByPlatform(shown)) {
      return bad("certificate not issued by the platform CA", TlsAlert.UNKNOWN_CA);
    }
    Optional<Certificate> known = platform.certificateOf(ClientCertificates.fingerprint(shown));
    if (known.isEmpty()) {
      return refused("certificate unknown");
    }
    Certificate certificate = known.get();
    if (certificate.revokedAt() != null) {
      return bad("certificate revoked", TlsAlert.CERTIFICATE_REVOKED);
    }
    if (certificate.expiredAt(platform.now())) {
      return bad("certificate expired", TlsAlert.CERTIFICATE_EXPIRED);
    }
    if (platform.now().isBefore(shown.getNotBefore().toInstant())) {
      return bad("certificate not yet valid", TlsAlert.BAD_CERTIFICATE);
    }
    return platform
        .key(certificate.apiKeyId())
        .filter(StoredApiKey::active)
        .<ConnectDecision>map(key -> new Admitted(key.username(), key.enterprise()))
        .orElseGet(() -> refused("API key inactive"));
  }

  private ConnectDecision byPassword(String username, @Nullable String password) {
    Optional<StoredApiKey> key =
        platform.keyOfUser(username).filter(known -> same(known.token(), password));
    if (key.isEmpty()) {
      return new Refused(Refusal.BAD_CREDENTIALS, "bad username or token");
    }
    return key.get().active()
        ? new Admitted(username, key.get().enterprise())
        : refused("API key inactive");
  }

  private boolean signedByPlatform(X509Certificate shown) {
    try {
      shown.verify(platform.authority().certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean same(String token, @Nullable String password) {
    return password != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
  }

  /** As OpenSSL, and so mosquitto, rejects it. */
  private static Refused bad(String reason, TlsAlert alert) {
    return new Refused(Refusal.NOT_AUTHORIZED, reason, alert);
  }

  private static Refused refused(String reason) {
    return new Refused(Refusal.NOT_AUTHORIZED, reason);
  }
}
