package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.identity.UnexpectedPemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates out of PEM. */
public final class CertificateReader {
  private CertificateReader() {}

  /** The certificates of a text in order, each once; at least one. Other blocks are left out. */
  public static List<X509Certificate> read(PemText pem) {
    List<PemBlock> blocks = PemBlock.in(pem);
    List<X509Certificate> certificates =
        blocks.stream()
            .filter(PemBlock::isCertificate)
            .map(block -> certificate(pem, block))
            .distinct()
            .toList();
    if (certificates.isEmpty()) {
      throw new UnexpectedPemException(pem.source(), "a certificate", PemBlock.describe(blocks));
    }
    return certificates;
  }

  private static X509Certificate certificate(PemText pem, PemBlock block) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate)
          factory.generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (IOException | CertificateException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has a certificate that cannot be decoded", e);
    }
  }
}
