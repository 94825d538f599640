package io.nnnco.nhub.testkit.internal.platform;

import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.internal.bridge.ServerIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** The bridge's server certificates, valid and invalid, each created when first requested. */
public final class ServerCertificates implements ServerIdentity.Source {
  private static final Instant PAST_FROM = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant PAST_UNTIL = Instant.parse("2002-01-01T00:00:00Z");

  private final CertificateAuthority authority;
  private final List<String> names;
  private final Map<ServerCertificate, ServerIdentity> made =
      new EnumMap<>(ServerCertificate.class);

  /**
   * Creates the certificates of one platform.
   *
   * @param authority its CA
   * @param names for which the genuine one is valid, beside localhost
   */
  public ServerCertificates(CertificateAuthority authority, List<String> names) {
    this.authority = authority;
    this.names = List.copyOf(names);
  }

  @Override
  public synchronized ServerIdentity get(ServerCertificate kind) {
    return made.computeIfAbsent(kind, this::make);
  }

  private ServerIdentity make(ServerCertificate kind) {
    KeyedCertificate keyed =
        switch (kind) {
          case GENUINE -> authority.issueServer(names);
          case SELF_SIGNED -> CertificateAuthority.selfSignedServer();
          case OTHER_CA -> CertificateAuthority.create("Other CA").issueServer();
          case WRONG_NAME ->
              authority.issueServer(
                  "bridge.example.com", PAST_FROM, Instant.parse("2099-01-01T00:00:00Z"));
          case EXPIRED -> authority.issueServer("localhost", PAST_FROM, PAST_UNTIL);
        };
    return new ServerIdentity(
        keyed.key(),
        kind == ServerCertificate.SELF_SIGNED
            ? List.of(keyed.certificate())
            : List.of(keyed.certificate(), keyed.authority()));
  }

  /** TLS with the genuine certificate, for https. */
  public SSLSocketFactory socketFactory() {
    ServerIdentity identity = get(ServerCertificate.GENUINE);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", identity.key(), new char[0], identity.chain().toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This JVM cannot serve TLS.", e);
    }
  }
}
