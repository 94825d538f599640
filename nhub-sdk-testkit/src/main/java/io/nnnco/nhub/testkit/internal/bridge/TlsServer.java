package io.nnnco.nhub.testkit.internal.bridge;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a handshake: TLS 1.2 or 1.3, with an optional client certificate.
 *
 * <p>Each connection has its own context, so that no session is resumed: every handshake makes its
 * own decision.
 */
final class TlsServer {
  private TlsServer() {}

  /** Decides about a client's chain inside the handshake. */
  @FunctionalInterface
  interface ClientCheck {
    /** Returns normally if the handshake may continue. */
    void check(List<X509Certificate> chain) throws CertificateException;
  }

  /**
   * The server's side of one connection.
   *
   * @param random what it takes its ephemeral keys from, or null for a source of its own
   */
  static SSLEngine engine(
      ServerIdentity identity, ClientCheck clients, @Nullable SecureRandom random) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new OneKey(identity)},
          new TrustManager[] {new Clients(clients)},
          random);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setWantClientAuth(true);
      engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no TLS", e);
    }
  }

  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";
    private final ServerIdentity identity;

    OneKey(ServerIdentity identity) {
      this.identity = identity;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return suits(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return suits(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return suits(keyType) ? ALIAS : null;
    }

    /** A key type is "EC", "RSA", or with TLS 1.2 also a key exchange such as "EC_EC". */
    private boolean suits(String keyType) {
      return keyType.startsWith(identity.key().getAlgorithm());
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }

  private static final class Clients extends X509ExtendedTrustManager {
    private final ClientCheck check;

    Clients(ClientCheck check) {
      this.check = check;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      check.check(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check.check(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      check.check(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is a server");
    }

    /** None, so that the client presents any certificate that it has. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
