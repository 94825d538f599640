package io.nnnco.nhub.testkit.internal.platform;

import io.nnnco.nhub.testkit.internal.bridge.ClientCertificates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The state of the fake platform: API keys and certificates, in the order of their creation.
 * Thread-safe.
 */
public final class Platform {
  /** The number of active certificates that an API key may have (R6 in docs/bridge.md). */
  public static final int MAX_ACTIVE_CERTIFICATES = 10;

  private static final Duration BACKDATED = Duration.ofMinutes(1);

  private final CertificateAuthority authority;
  private final InstantSource clock;
  private final Map<String, StoredApiKey> keys = new LinkedHashMap<>();
  private final Map<String, Certificate> certificates = new LinkedHashMap<>();
  private Runnable changed = () -> {};

  /**
   * Creates an empty platform.
   *
   * @param authority its CA
   * @param clock dates what it issues
   */
  public Platform(CertificateAuthority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /** Starts with what was there before, and from now on tells of each change. */
  synchronized void restore(
      List<StoredApiKey> knownKeys, List<Certificate> knownCertificates, Runnable onChange) {
    knownKeys.forEach(key -> keys.put(key.id(), key));
    knownCertificates.forEach(certificate -> certificates.put(certificate.id(), certificate));
    changed = onChange;
  }

  /** The CA. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** The platform's time, to the second, as in its certificates and responses. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Creates an API key; empty if the user name is already in use. */
  public synchronized Optional<StoredApiKey> createKey(
      String username, String enterprise, boolean serviceAccount) {
    if (keys.values().stream().anyMatch(key -> key.username().equals(username))) {
      return Optional.empty();
    }
    StoredApiKey key =
        new StoredApiKey(
            newId(), username, newToken(), enterprise, serviceAccount, now(), /* active= */ true);
    keys.put(key.id(), key);
    tell(() -> keys.remove(key.id()));
    return Optional.of(key);
  }

  /** The API key with this id. */
  public synchronized Optional<StoredApiKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** The API key with this token. */
  public synchronized Optional<StoredApiKey> keyOfToken(String token) {
    return keys.values().stream().filter(key -> key.token().equals(token)).findFirst();
  }

  /** The API key with this user name. */
  public synchronized Optional<StoredApiKey> keyOfUser(String username) {
    return keys.values().stream().filter(key -> key.username().equals(username)).findFirst();
  }

  /**
   * Deactivates or activates an API key.
   *
   * @throws NoSuchElementException if there is no such key
   */
  public synchronized void setActive(String keyId, boolean active) {
    StoredApiKey before = keys.get(keyId);
    if (before == null) {
      throw unknown("API key", keyId);
    }
    keys.put(keyId, before.withActive(active));
    tell(() -> keys.put(keyId, before));
  }

  /** Issues a certificate of the key's enterprise; empty if the key has reached its limit. */
  public synchronized Optional<NewCertificate> issue(
      StoredApiKey key, String name, Duration validity) {
    long active =
        certificates.values().stream()
            .filter(c -> c.apiKeyId().equals(key.id()) && c.activeAt(now()))
            .count();
    return active >= MAX_ACTIVE_CERTIFICATES
        ? Optional.empty()
        : Optional.of(issue(key, name, now(), now().plus(validity)));
  }

  /** Issues a certificate with any dates, including past ones, whatever the limit. */
  public synchronized NewCertificate issue(
      StoredApiKey key, String name, Instant from, Instant until) {
    String id = newId();
    KeyedCertificate keyed =
        authority.issueClient(id, key.enterprise(), from.minus(BACKDATED), until);
    Certificate certificate =
        new Certificate(
            id,
            name,
            key.id(),
            key.enterprise(),
            ClientCertificates.fingerprint(keyed.certificate()),
            now(),
            until,
            null);
    certificates.put(id, certificate);
    tell(() -> certificates.remove(id));
    return new NewCertificate(certificate, keyed);
  }

  /** Every API key, oldest first. */
  public synchronized List<StoredApiKey> keys() {
    return List.copyOf(keys.values());
  }

  /** Every certificate, oldest first. */
  public synchronized List<Certificate> certificates() {
    return List.copyOf(certificates.values());
  }

  /** The certificate with this fingerprint. */
  public synchronized Optional<Certificate> certificateOf(String fingerprint) {
    return certificates.values().stream()
        .filter(certificate -> certificate.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * The id of the certificate with this fingerprint.
   *
   * @throws NoSuchElementException if there is none
   */
  public String certificateIdOf(String fingerprint) {
    return certificateOf(fingerprint)
        .orElseThrow(() -> unknown("certificate with fingerprint", fingerprint))
        .id();
  }

  /**
   * Revokes; revoking twice keeps the first date (R9 in docs/bridge.md).
   *
   * @throws NoSuchElementException if there is no such certificate
   */
  public Certificate revoke(String id) {
    return change(id, old -> old.revokedAt() == null ? old.withRevokedAt(now()) : old);
  }

  /**
   * Ends a certificate's validity now, whatever its own expiry date.
   *
   * @throws NoSuchElementException if there is no such certificate
   */
  public void expire(String id) {
    change(id, old -> old.withExpiresAt(now()));
  }

  private synchronized Certificate change(String id, UnaryOperator<Certificate> change) {
    Certificate before = certificates.get(id);
    if (before == null) {
      throw unknown("certificate", id);
    }
    Certificate after = change.apply(before);
    certificates.put(id, after);
    tell(() -> certificates.put(id, before));
    return after;
  }

  /** Tells of a change, which is undone if it cannot be kept. */
  private void tell(Runnable undo) {
    boolean kept = false;
    try {
      changed.run();
      kept = true;
    } finally {
      if (!kept) {
        undo.run();
      }
    }
  }

  private static NoSuchElementException unknown(String what, String id) {
    return new NoSuchElementException("This fake has no " + what + " " + id + ".");
  }

  /** Discards every API key and certificate; the CA stays. */
  public synchronized void clear() {
    keys.clear();
    certificates.clear();
    changed.run();
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static String newToken() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
  }
}
