package io.nnnco.nhub.identity.internal;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chain from a certificate to a trust anchor by names and signatures. It prefers a chain
 * that is in date and, among issuers, the one that is valid longest; but it also accepts an expired
 * identity, which the JDK's {@code CertPathBuilder} does not.
 *
 * <p>Each certificate is visited at most once, however many chains lead to it, and signature checks
 * are counted, so that no set of certificates takes long.
 */
final class CertificatePath {
  /** A chain of three certificates takes three; each costs milliseconds at most. */
  static final int MOST_SIGNATURES = 200;

  /** In bytes: an RSA key of 16,384 bits takes 2,100. */
  private static final int LARGEST_KEY = 4096;

  private final List<X509Certificate> candidates;
  private final Set<X509Certificate> trustAnchors;
  private int signatures;
  private @Nullable GeneralSecurityException lacking;
  private String lackingAlgorithm = "";

  CertificatePath(List<X509Certificate> certificates, List<X509Certificate> trustAnchors) {
    this.trustAnchors = new LinkedHashSet<>(trustAnchors);
    Set<X509Certificate> all = new LinkedHashSet<>(trustAnchors);
    all.addAll(certificates);
    this.candidates = new ArrayList<>(all);
    this.candidates.sort(Comparator.comparing(X509Certificate::getNotAfter).reversed());
  }

  /** More signatures to check than any genuine set of certificates needs. */
  static final class TooManySignatures extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The certificate, then each one's issuer, without the root; null if the chain reaches no anchor.
   */
  @Nullable List<X509Certificate> from(X509Certificate leaf, Instant now) throws TooManySignatures {
    List<X509Certificate> path =
        search(leaf, candidates.stream().filter(issuer -> isInDate(issuer, now)).toList());
    if (path == null) {
      path = search(leaf, candidates);
    }
    if (path == null && lacking != null) {
      throw JavaRuntime.lacking(lackingAlgorithm, lacking);
    }
    return path;
  }

  /**
   * Breadth first, so that a chain has no detour; a root ends it, otherwise the farthest anchor.
   */
  private @Nullable List<X509Certificate> search(
      X509Certificate leaf, List<X509Certificate> issuers) throws TooManySignatures {
    Map<X509Certificate, X509Certificate> issuedTo = new HashMap<>();
    Set<X509Certificate> unreached = new LinkedHashSet<>(issuers);
    unreached.remove(leaf);
    Deque<X509Certificate> frontier = new ArrayDeque<>(List.of(leaf));
    X509Certificate end = null;
    while (!frontier.isEmpty()) {
      X509Certificate current = frontier.remove();
      boolean anchor = trustAnchors.contains(current);
      if (issued(current, current)) {
        if (anchor) {
          return path(current.equals(leaf) ? leaf : issuedTo.get(current), issuedTo);
        }
        continue;
      }
      end = anchor ? current : end;
      for (X509Certificate issuer : List.copyOf(unreached)) {
        if (issued(issuer, current)) {
          unreached.remove(issuer);
          issuedTo.put(issuer, current);
          frontier.add(issuer);
        }
      }
    }
    return end == null ? null : path(end, issuedTo);
  }

  private static List<X509Certificate> path(
      @Nullable X509Certificate end, Map<X509Certificate, X509Certificate> issuedTo) {
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate at = end; at != null; at = issuedTo.get(at)) {
      path.add(0, at);
    }
    return List.copyOf(path);
  }

  private static boolean isInDate(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  private boolean issued(X509Certificate issuer, X509Certificate certificate)
      throws TooManySignatures {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        || issuer.getPublicKey().getEncoded().length > LARGEST_KEY) {
      return false;
    }
    signatures++;
    if (signatures > MOST_SIGNATURES) {
      throw new TooManySignatures();
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      if (e instanceof GeneralSecurityException failed && JavaRuntime.isLacking(failed)) {
        lacking = failed;
        lackingAlgorithm = certificate.getSigAlgName();
      }
      return false;
    }
  }
}
