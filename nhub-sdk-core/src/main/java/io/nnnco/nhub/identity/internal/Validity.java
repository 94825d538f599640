package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Checks the dates of certificates. */
public final class Validity {
  /** How far this machine's clock may be behind the CA's. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private Validity() {}

  /** Each of them must be in date. */
  public static void check(List<X509Certificate> certificates, Instant now) {
    certificates.forEach(certificate -> check(certificate, now));
  }

  /** One of them must be in date: a list in rotation has old and new certificates. */
  public static void checkAnchors(List<X509Certificate> trustAnchors, Instant now) {
    X509Certificate best =
        trustAnchors.stream()
            .filter(anchor -> !isEarly(anchor, now))
            .max(Comparator.comparing(X509Certificate::getNotAfter))
            .orElse(trustAnchors.get(0));
    check(best, now);
  }

  private static void check(X509Certificate certificate, Instant now) {
    String subject = certificate.getSubjectX500Principal().toString();
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (isEarly(certificate, now)) {
      throw new IdentityException(
          CoreErrorCode.IDENTITY_NOT_YET_VALID,
          "The certificate of "
              + ForeignText.shown(subject)
              + " is valid from "
              + notBefore
              + "; this machine says it is "
              + now
              + ".",
          null);
    }
    if (now.isAfter(notAfter)) {
      throw new IdentityExpiredException(subject, notAfter, now);
    }
  }

  private static boolean isEarly(X509Certificate certificate, Instant now) {
    return now.plus(CLOCK_TOLERANCE).isBefore(certificate.getNotBefore().toInstant());
  }
}
