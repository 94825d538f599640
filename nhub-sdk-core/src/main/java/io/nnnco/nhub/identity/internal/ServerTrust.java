package io.nnnco.nhub.identity.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what the JDK trusts, with more conditions: the server's name must be among the
 * certificate's alternative names, and nothing in the chain up to the CA may be weak. It gives the
 * reason where the JDK does not: for an expired intermediate certificate, the JDK says only that it
 * finds no path.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final int LEAST_RSA_BITS = 2_048;
  private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final X509ExtendedTrustManager jdk;

  ServerTrust(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    String host = host(socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    check(chain, host, () -> jdk.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(
        chain,
        host(engine.getHandshakeSession()),
        () -> jdk.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, null, () -> jdk.checkServerTrusted(chain, authType));
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, @Nullable String host, Check ofJdk)
      throws CertificateException {
    try {
      ofJdk.run();
    } catch (CertificateException e) {
      explain(chain, host, e);
      throw e;
    }
    List<X509Certificate> path = path(chain);
    requireStrength(path.isEmpty() ? List.of(chain) : path);
    requireName(chain, host);
  }

  /** Only for a certificate that does chain to the CA is there more to say. */
  private void explain(X509Certificate[] chain, @Nullable String host, CertificateException jdks)
      throws CertificateException {
    List<X509Certificate> path = path(chain);
    if (path.isEmpty()) {
      return;
    }
    try {
      requireDates(path.subList(0, Math.max(1, path.size() - 1)));
      requireStrength(path);
      requirePurpose(chain[0]);
      requireName(chain, host);
    } catch (CertificateException e) {
      e.addSuppressed(jdks);
      throw e;
    }
  }

  /**
   * From the server's certificate up to and including the CA, whatever the dates; empty if it does
   * not chain to this CA. It never backtracks, so that no chain takes long.
   */
  private List<X509Certificate> path(X509Certificate[] chain) {
    Set<X509Certificate> anchors = new LinkedHashSet<>(List.of(jdk.getAcceptedIssuers()));
    Set<X509Certificate> unused = new LinkedHashSet<>(anchors);
    unused.addAll(List.of(chain));
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate next = chain[0];
    while (next != null) {
      path.add(next);
      unused.remove(next);
      if (anchors.contains(next)) {
        return path;
      }
      X509Certificate current = next;
      next = unused.stream().filter(issuer -> issued(issuer, current)).findFirst().orElse(null);
    }
    return List.of();
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void requireDates(List<X509Certificate> path) throws CertificateException {
    Instant now = Instant.now();
    for (X509Certificate certificate : path) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant until = certificate.getNotAfter().toInstant();
      if (now.isAfter(until)) {
        throw new CertificateExpiredException(name(certificate) + " expired at " + until);
      }
      if (now.isBefore(from)) {
        throw new CertificateNotYetValidException(name(certificate) + " is valid from " + from);
      }
    }
  }

  /** The signature on a CA that is itself trusted proves nothing either way. */
  private static void requireStrength(List<X509Certificate> path) throws CertificateException {
    for (X509Certificate certificate : path) {
      String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
      boolean ownRoot =
          certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
      if (!ownRoot && (signature.startsWith("SHA1") || signature.startsWith("MD"))) {
        throw new CertificateException(
            name(certificate) + " is signed with " + certificate.getSigAlgName() + ", too weak");
      }
      if (certificate.getPublicKey() instanceof RSAKey key
          && key.getModulus().bitLength() < LEAST_RSA_BITS) {
        throw new CertificateException(
            name(certificate)
                + " has an RSA key of "
                + key.getModulus().bitLength()
                + " bits, fewer than 2048");
      }
    }
  }

  private static void requirePurpose(X509Certificate certificate) throws CertificateException {
    List<String> purposes = certificate.getExtendedKeyUsage();
    if (purposes != null && !purposes.contains(SERVER_PURPOSE) && !purposes.contains(ANY_PURPOSE)) {
      throw new CertificateException(
          name(certificate) + " is not for servers, by its extended key usage");
    }
  }

  private static void requireName(X509Certificate[] chain, @Nullable String host)
      throws CertificateException {
    if (host != null && !host.isEmpty()) {
      ServerNames.of(chain[0]).require(host);
    }
  }

  private static @Nullable String host(@Nullable SSLSession session) {
    return session == null ? null : session.getPeerHost();
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
