package io.nnnco.nhub.testkit.internal.platform;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The list by which a server that does not know the platform learns what is revoked. */
public final class RevocationList {
  private RevocationList() {}

  /** A CRL as PEM, of today. */
  public static String pem(CertificateAuthority authority, Collection<X509Certificate> revoked) {
    Instant now = Instant.now();
    X509v2CRLBuilder list =
        new X509v2CRLBuilder(
            X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded()),
            Date.from(now.minus(Duration.ofMinutes(1))));
    list.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))));
    for (X509Certificate certificate : revoked) {
      list.addCRLEntry(certificate.getSerialNumber(), Date.from(now), CRLReason.unspecified);
    }
    try {
      byte[] der =
          list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.root.key()))
              .getEncoded();
      return "-----BEGIN X509 CRL-----\n"
          + Base64.getMimeEncoder().encodeToString(der)
          + "\n-----END X509 CRL-----\n";
    } catch (IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
