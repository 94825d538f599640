package io.nnnco.nhub.identity.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Creates TLS contexts of the JDK's default provider. */
public final class TlsContext {
  private TlsContext() {}

  public static SSLContext trusting(List<X509Certificate> trustAnchors) {
    return context(new KeyManager[0], trustAnchors);
  }

  public static SSLContext presenting(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trustAnchors) {
    return context(new KeyManager[] {new ClientKeyManager(chain, key)}, trustAnchors);
  }

  private static SSLContext context(KeyManager[] keyManagers, List<X509Certificate> trustAnchors) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, trustManagers(trustAnchors), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context.", e);
    }
  }

  private static TrustManager[] trustManagers(List<X509Certificate> trustAnchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trustAnchors.size(); i++) {
      store.setCertificateEntry("ca-" + i, trustAnchors.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .map(X509ExtendedTrustManager.class::cast)
        .map(ServerTrust::new)
        .toArray(TrustManager[]::new);
  }
}
