package io.nnnco.nhub.identity.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates from PEM. */
public final class CertificateReader {
  /** Not allowed in DER; with such lengths, the JDK recurses until its stack overflows. */
  private static final byte INDEFINITE_LENGTH = (byte) 0x80;

  private CertificateReader() {}

  /** The certificates of a text in order, each once; at least one. Other blocks are ignored. */
  public static List<X509Certificate> read(PemText pem) {
    List<PemBlock> blocks = PemBlock.in(pem);
    CertificateFactory factory = factory();
    List<X509Certificate> certificates =
        blocks.stream()
            .filter(PemBlock::isCertificate)
            .map(block -> certificate(pem, block, factory))
            .distinct()
            .toList();
    if (certificates.isEmpty()) {
      throw PemBlock.unexpected(pem, "a certificate", blocks);
    }
    JavaRuntime.proveAnyUsable(certificates);
    return certificates;
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException e) {
      throw JavaRuntime.lacking("X.509 certificates", e);
    }
  }

  private static X509Certificate certificate(
      PemText pem, PemBlock block, CertificateFactory factory) {
    try {
      byte[] content = block.content();
      if (content.length > 1 && content[1] == INDEFINITE_LENGTH) {
        throw new CertificateException("not DER");
      }
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content));
    } catch (IOException | CertificateException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has a certificate that cannot be decoded", e);
    }
  }
}
