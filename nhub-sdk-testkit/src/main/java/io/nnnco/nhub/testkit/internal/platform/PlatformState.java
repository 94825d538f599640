package io.nnnco.nhub.testkit.internal.platform;

import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A platform in a file, so that a later run goes on with the same CA, keys and certificates. */
public final class PlatformState {
  private static final String VERSION = "1";

  private final StateFile file;
  private final StateLock lock;
  private final Platform platform;
  private final StandingTokens tokens;

  private PlatformState(StateFile file, StateLock lock, Platform platform, StandingTokens tokens) {
    this.file = file;
    this.lock = lock;
    this.platform = platform;
    this.tokens = tokens;
  }

  /**
   * Opens a file, or creates it, with a platform that keeps it up to date.
   *
   * @param path the file
   * @param clock dates what the platform issues
   * @param newTokens the tokens, if there is no file yet
   * @throws IOException if it cannot be read or written, is not such a file, or is in use
   */
  public static PlatformState open(Path path, InstantSource clock, StandingTokens newTokens)
      throws IOException {
    StateLock lock = StateLock.of(path);
    boolean opened = false;
    try {
      PlatformState state = open(new StateFile(path), lock, clock, newTokens);
      opened = true;
      return state;
    } finally {
      if (!opened) {
        lock.release();
      }
    }
  }

  private static PlatformState open(
      StateFile file, StateLock lock, InstantSource clock, StandingTokens newTokens)
      throws IOException {
    try {
      PlatformState state =
          Files.exists(file.path())
              ? read(file, lock, clock)
              : new PlatformState(
                  file,
                  lock,
                  new Platform(CertificateAuthority.create("N-Hub fake CA"), clock),
                  newTokens);
      state.platform.restore(List.of(), List.of(), state::save);
      state.save();
      return state;
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The platform. */
  public Platform platform() {
    return platform;
  }

  /** Its tokens. */
  public StandingTokens tokens() {
    return tokens;
  }

  /** No change is kept from now on, and another fake may have the file. */
  public void close() {
    lock.release();
  }

  private static PlatformState read(StateFile file, StateLock lock, InstantSource clock)
      throws IOException {
    Properties saved = file.read();
    try {
      if (!VERSION.equals(saved.getProperty("version"))) {
        throw new IllegalArgumentException("not of version " + VERSION);
      }
      Base64.Decoder base64 = Base64.getDecoder();
      Platform platform =
          new Platform(
              CertificateAuthority.of(
                  base64.decode(need(saved, "ca.certificate")),
                  base64.decode(need(saved, "ca.key"))),
              clock);
      List<StoredApiKey> keys = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(need(saved, "keys")); i++) {
        keys.add(key(saved, "key." + i + "."));
      }
      List<Certificate> certificates = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(need(saved, "certificates")); i++) {
        certificates.add(certificate(saved, "certificate." + i + "."));
      }
      platform.restore(keys, certificates, () -> {});
      StandingTokens tokens =
          new StandingTokens(
              Secret.of(need(saved, "token.admin")), Secret.of(need(saved, "token.control")));
      return new PlatformState(file, lock, platform, tokens);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw file.damaged(e);
    }
  }

  private static String need(Properties saved, String name) {
    String value = saved.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static StoredApiKey key(Properties saved, String name) {
    return new StoredApiKey(
        need(saved, name + "id"),
        need(saved, name + "username"),
        need(saved, name + "token"),
        need(saved, name + "enterprise"),
        Boolean.parseBoolean(need(saved, name + "service")),
        Instant.parse(need(saved, name + "created")),
        Boolean.parseBoolean(need(saved, name + "active")));
  }

  private static Certificate certificate(Properties saved, String name) {
    @Nullable String revoked = saved.getProperty(name + "revoked");
    return new Certificate(
        need(saved, name + "id"),
        need(saved, name + "name"),
        need(saved, name + "key"),
        need(saved, name + "enterprise"),
        need(saved, name + "fingerprint"),
        Instant.parse(need(saved, name + "created")),
        Instant.parse(need(saved, name + "expires")),
        revoked == null ? null : Instant.parse(revoked));
  }

  private void save() {
    try {
      file.write(content());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Properties content() {
    Properties content = new Properties();
    content.setProperty("version", VERSION);
    content.setProperty("token.admin", tokens.admin().reveal());
    content.setProperty("token.control", tokens.control().reveal());
    Base64.Encoder base64 = Base64.getEncoder();
    CertificateAuthority authority = platform.authority();
    try {
      content.setProperty(
          "ca.certificate", base64.encodeToString(authority.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that was made can be encoded.", e);
    }
    content.setProperty("ca.key", base64.encodeToString(authority.key().getEncoded()));
    List<StoredApiKey> keys = platform.keys();
    content.setProperty("keys", String.valueOf(keys.size()));
    for (int i = 0; i < keys.size(); i++) {
      write(keys.get(i), "key." + i + ".", content);
    }
    List<Certificate> certificates = platform.certificates();
    content.setProperty("certificates", String.valueOf(certificates.size()));
    for (int i = 0; i < certificates.size(); i++) {
      write(certificates.get(i), "certificate." + i + ".", content);
    }
    return content;
  }

  private static void write(StoredApiKey key, String name, Properties content) {
    content.setProperty(name + "id", key.id());
    content.setProperty(name + "username", key.username());
    content.setProperty(name + "token", key.token());
    content.setProperty(name + "enterprise", key.enterprise());
    content.setProperty(name + "service", String.valueOf(key.serviceAccount()));
    content.setProperty(name + "created", key.createdAt().toString());
    content.setProperty(name + "active", String.valueOf(key.active()));
  }

  private static void write(Certificate certificate, String name, Properties content) {
    content.setProperty(name + "id", certificate.id());
    content.setProperty(name + "name", certificate.name());
    content.setProperty(name + "key", certificate.apiKeyId());
    content.setProperty(name + "enterprise", certificate.enterprise());
    content.setProperty(name + "fingerprint", certificate.fingerprint());
    content.setProperty(name + "created", certificate.createdAt().toString());
    content.setProperty(name + "expires", certificate.expiresAt().toString());
    if (certificate.revokedAt() != null) {
      content.setProperty(name + "revoked", certificate.revokedAt().toString());
    }
  }
}
