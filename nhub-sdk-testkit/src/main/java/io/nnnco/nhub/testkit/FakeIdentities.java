package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.CertificateKind;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.NewCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemIdentity;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.StoredApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of every kind, valid and invalid, each of them new. All trust the fake's CA, so
 * invalid ones fail at the bridge and not before, unless the client checks their dates itself.
 *
 * <p>Thread-safe.
 */
public final class FakeIdentities {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final String OWN = "testkit";

  private final Platform platform;
  private final FakeNHubOptions options;
  private final Map<String, String> keyIds = new HashMap<>();
  private final Map<String, ClientIdentity> standing = new HashMap<>();

  FakeIdentities(Platform platform, FakeNHubOptions options) {
    this.platform = platform;
    this.options = options;
  }

  /**
   * Creates a valid certificate: for this enterprise, for a year. It does not count towards the
   * limit of ten.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge accepts
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity fresh(String enterprise) {
    return identity(CertificateKind.VALID, enterprise);
  }

  /**
   * Creates a certificate that expired yesterday.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity expired(String enterprise) {
    return identity(CertificateKind.EXPIRED, enterprise);
  }

  /**
   * Creates a certificate that becomes valid tomorrow.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity notYetValid(String enterprise) {
    return identity(CertificateKind.NOT_YET_VALID, enterprise);
  }

  /**
   * Creates a certificate that is revoked.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity revoked(String enterprise) {
    return identity(CertificateKind.REVOKED, enterprise);
  }

  /**
   * Creates a valid certificate whose API key is deactivated.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity ofInactiveKey(String enterprise) {
    return identity(CertificateKind.OF_INACTIVE_KEY, enterprise);
  }

  /**
   * Creates a certificate of another CA, with the same content as a valid one.
   *
   * @param enterprise the enterprise's code
   * @return an identity that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public ClientIdentity foreignCa(String enterprise) {
    return identity(CertificateKind.FOREIGN_CA, enterprise);
  }

  /**
   * Creates credentials with the user name of an active API key and another key's token.
   *
   * @param enterprise the enterprise's code
   * @return credentials that the bridge refuses
   * @throws IllegalArgumentException if the fake has no such enterprise
   */
  public UsernamePassword wrongPassword(String enterprise) {
    String username = key(enterprise).username();
    return UsernamePassword.of(username, Secret.of("not-the-token"), caPem());
  }

  synchronized FakeApiKey key(String enterprise) {
    StoredApiKey key =
        Optional.ofNullable(keyIds.get(known(enterprise)))
            .flatMap(platform::key)
            .filter(StoredApiKey::active)
            .or(() -> keyOfEarlierRun(enterprise))
            .orElseGet(() -> newKey(enterprise, OWN));
    keyIds.put(enterprise, key.id());
    return new FakeApiKey(key.id(), key.username(), Secret.of(key.token()), key.enterprise());
  }

  /** The same identity on each call, as long as it is valid. */
  synchronized ClientIdentity identity(String enterprise) {
    ClientIdentity before = standing.get(known(enterprise));
    if (before != null && accepts(before, enterprise)) {
      return before;
    }
    ClientIdentity made = fresh(enterprise);
    standing.put(enterprise, made);
    return made;
  }

  UsernamePassword usernamePassword(String enterprise) {
    FakeApiKey key = key(enterprise);
    return UsernamePassword.of(key.username(), key.token(), caPem());
  }

  String caPem() {
    return PemWriter.of(platform.authority().certificate());
  }

  synchronized void clear() {
    keyIds.clear();
    standing.clear();
  }

  /** Whether the bridge would accept it now. */
  boolean accepts(ClientIdentity identity, String enterprise) {
    return platform
        .certificateOf(identity.fingerprint())
        .filter(certificate -> certificate.enterprise().equals(enterprise))
        .filter(certificate -> certificate.activeAt(platform.now()))
        .flatMap(certificate -> platform.key(certificate.apiKeyId()))
        .filter(StoredApiKey::active)
        .isPresent();
  }

  private Optional<StoredApiKey> keyOfEarlierRun(String enterprise) {
    return options.stateFile() == null
        ? Optional.empty()
        : platform.keys().stream()
            .filter(StoredApiKey::active)
            .filter(key -> key.enterprise().equals(enterprise))
            .filter(key -> key.username().startsWith(OWN + "-"))
            .findFirst();
  }

  private StoredApiKey newKey(String enterprise, String purpose) {
    String username = purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
    return platform.createKey(username, known(enterprise), true).orElseThrow();
  }

  private NewCertificate issue(String enterprise, Instant from, Instant until) {
    StoredApiKey key = platform.key(key(enterprise).id()).orElseThrow();
    return platform.issue(key, "testkit", from, until);
  }

  private ClientIdentity identity(CertificateKind kind, String enterprise) {
    PemIdentity pem = pem(kind, enterprise);
    return ClientIdentity.fromPem(pem.certificate(), pem.privateKey(), pem.caCertificates());
  }

  /** A new certificate of a kind. */
  PemIdentity pem(CertificateKind kind, String enterprise) {
    Instant now = platform.now();
    return switch (kind) {
      case VALID -> pem(issue(enterprise, now, now.plus(YEAR)));
      case EXPIRED -> pem(issue(enterprise, now.minus(DAY).minus(YEAR), now.minus(DAY)));
      case NOT_YET_VALID -> pem(issue(enterprise, now.plus(DAY), now.plus(DAY).plus(YEAR)));
      case REVOKED -> {
        NewCertificate issued = issue(enterprise, now, now.plus(YEAR));
        platform.revoke(issued.certificate().id());
        yield pem(issued);
      }
      case OF_INACTIVE_KEY -> {
        StoredApiKey key = newKey(enterprise, "inactive");
        NewCertificate issued = platform.issue(key, "of an inactive key", now, now.plus(YEAR));
        platform.setActive(key.id(), false);
        yield pem(issued);
      }
      case FOREIGN_CA -> foreign(known(enterprise), now);
    };
  }

  private PemIdentity pem(NewCertificate issued) {
    return pem(issued.certificate().id(), issued.keyed(), caPem());
  }

  private PemIdentity foreign(String enterprise, Instant now) {
    KeyedCertificate keyed =
        CertificateAuthority.create("Foreign CA")
            .issueClient(
                UUID.randomUUID().toString(),
                enterprise,
                now.minus(Duration.ofMinutes(1)),
                now.plus(YEAR));
    return pem(null, keyed, PemWriter.of(keyed.authority()) + caPem());
  }

  private static PemIdentity pem(
      @Nullable String certificateId, KeyedCertificate keyed, String trusted) {
    return new PemIdentity(
        certificateId, PemWriter.of(keyed.certificate()), PemWriter.sec1(keyed), trusted);
  }

  private String known(String enterprise) {
    options.requireEnterprise(enterprise);
    return enterprise;
  }
}
