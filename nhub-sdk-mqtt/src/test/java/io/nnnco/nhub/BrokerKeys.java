package io.nnnco.nhub;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;

/** The CA, certificates and token that a real broker and its clients have. */
final class BrokerKeys {
  static final String TOKEN = "open sesame";
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  private final CertificateAuthority authority;
  private final KeyedCertificate server;
  private final ClientIdentity client;

  /** Of a CA of its own. */
  BrokerKeys() {
    this(CertificateAuthority.create("Broker CA"));
  }

  /** Of a CA that also issues to others. */
  BrokerKeys(CertificateAuthority authority) {
    this.authority = authority;
    this.server = authority.issueServer();
    this.client = issue(authority);
  }

  Credentials certificate() {
    return client;
  }

  /** Another certificate of the same client at each call. */
  ClientIdentity fresh() {
    return issue(authority);
  }

  private static ClientIdentity issue(CertificateAuthority authority) {
    Instant now = Instant.now();
    KeyedCertificate issued =
        authority.issueClient("svc-acme", "test", now.minusSeconds(60), now.plusSeconds(3_600));
    return ClientIdentity.fromPem(
        PemWriter.of(issued.certificate()),
        PemWriter.pkcs8(issued.key()),
        PemWriter.of(authority.certificate()));
  }

  /** Trusts the broker, which does not trust it. */
  Credentials foreignCertificate() {
    CertificateAuthority foreign = CertificateAuthority.create("Foreign CA");
    Instant now = Instant.now();
    KeyedCertificate stranger =
        foreign.issueClient("svc-acme", "test", now.minusSeconds(60), now.plusSeconds(3_600));
    return ClientIdentity.fromPem(
        PemWriter.of(stranger.certificate()),
        PemWriter.pkcs8(stranger.key()),
        PemWriter.of(foreign.certificate()) + PemWriter.of(authority.certificate()));
  }

  Credentials password(boolean right) {
    return UsernamePassword.of(
        "svc-acme",
        Secret.of(right ? TOKEN : "close sesame"),
        PemWriter.of(authority.certificate()));
  }

  /** What OpenSSL reads: {@code ca.crt}, {@code server.crt} and {@code server.key}. */
  void writePem(Path folder) throws IOException {
    Files.writeString(folder.resolve("ca.crt"), PemWriter.of(authority.certificate()));
    Files.writeString(folder.resolve("server.crt"), PemWriter.of(server.certificate()));
    Files.writeString(folder.resolve("server.key"), PemWriter.pkcs8(server.key()));
  }

  /** What Java reads: {@code server.p12} and {@code trusted.p12}. */
  void writeKeyStores(Path folder) throws IOException, GeneralSecurityException {
    KeyStore own = store();
    Certificate[] chain = {server.certificate(), server.authority()};
    own.setKeyEntry("server", server.key(), STORE_PASSWORD, chain);
    own.setCertificateEntry("ca", authority.certificate()); // Moquette has one store for both.
    save(own, folder.resolve("server.p12"));
    KeyStore trusted = store();
    trusted.setCertificateEntry("ca", authority.certificate());
    save(trusted, folder.resolve("trusted.p12"));
  }

  private static KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD);
    }
  }
}
