package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** Certificates in words. */
final class CertificateText {
  private static final int NAME_SHOWN = 100;

  private CertificateText() {}

  static String of(X509Certificate certificate) {
    return ForeignText.shown(certificate.getSubjectX500Principal(), NAME_SHOWN)
        + ", valid "
        + certificate.getNotBefore().toInstant()
        + " to "
        + certificate.getNotAfter().toInstant()
        + ", issued by "
        + ForeignText.shown(certificate.getIssuerX500Principal(), NAME_SHOWN);
  }

  static String names(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(each -> ForeignText.shown(each.getSubjectX500Principal(), NAME_SHOWN))
        .collect(Collectors.joining("; "));
  }
}
