package io.nnnco.nhub.identity.internal;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a certificate to a trust anchor by names and signatures alone. Dates play no
 * part, so that an expired identity can be loaded, which the JDK's {@code CertPathBuilder} does not
 * offer.
 */
final class CertificatePath {
  private final Set<X509Certificate> candidates = new LinkedHashSet<>();
  private final Set<X509Certificate> trustAnchors;

  CertificatePath(List<X509Certificate> certificates, List<X509Certificate> trustAnchors) {
    this.trustAnchors = new LinkedHashSet<>(trustAnchors);
    this.candidates.addAll(trustAnchors);
    this.candidates.addAll(certificates);
  }

  /** The certificate, then each one's issuer, without the root; null if no anchor is reached. */
  @Nullable List<X509Certificate> from(X509Certificate leaf) {
    List<X509Certificate> path = new ArrayList<>(List.of(leaf));
    if (!extend(path)) {
      return null;
    }
    if (path.size() > 1 && isSelfSigned(last(path))) {
      path.remove(path.size() - 1);
    }
    return List.copyOf(path);
  }

  private boolean extend(List<X509Certificate> path) {
    X509Certificate current = last(path);
    if (isSelfSigned(current)) {
      return trustAnchors.contains(current);
    }
    for (X509Certificate issuer : candidates) {
      if (!path.contains(issuer) && issued(issuer, current)) {
        path.add(issuer);
        if (extend(path)) {
          return true;
        }
        path.remove(path.size() - 1);
      }
    }
    return trustAnchors.contains(current);
  }

  private static X509Certificate last(List<X509Certificate> path) {
    return path.get(path.size() - 1);
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return issued(certificate, certificate);
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
}
