package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.identity.KeyMismatchException;
import io.nnnco.nhub.identity.UntrustedIdentityException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the three texts of an identity and checks that they belong together. */
public final class IdentityReader {
  private static final byte[] PROOF = "N-Hub".getBytes(StandardCharsets.US_ASCII);

  private IdentityReader() {}

  /** A client certificate and its key, checked but for dates. */
  public record Identity(
      List<X509Certificate> chain,
      List<X509Certificate> trustAnchors,
      PrivateKey key,
      String keyPem) {

    /** The three texts to save. */
    public PemTexts toPem() {
      return new PemTexts(
          new PemText("certificate", PemWriting.certificates(chain)),
          new PemText("key", keyPem),
          new PemText("CA certificate", PemWriting.certificates(trustAnchors)));
    }

    @Override
    public String toString() {
      return "Identity[hidden]";
    }
  }

  public static Identity read(PemTexts texts, char @Nullable [] keyPassword) {
    List<X509Certificate> trustAnchors = CertificateReader.read(texts.ca());
    List<X509Certificate> certificates = CertificateReader.read(texts.certificate());
    PrivateKeyReader.Key key = new PrivateKeyReader(texts.key(), keyPassword, certificates).read();
    X509Certificate leaf =
        certificates.stream()
            .filter(certificate -> belongs(key.key(), certificate))
            .findFirst()
            .orElseThrow(
                () ->
                    new KeyMismatchException(
                        texts.certificate().source(),
                        texts.key().source(),
                        subjects(certificates)));
    List<X509Certificate> chain = new CertificatePath(certificates, trustAnchors).from(leaf);
    if (chain == null) {
      throw new UntrustedIdentityException(
          leaf.getSubjectX500Principal().toString(),
          leaf.getIssuerX500Principal().toString(),
          subjects(trustAnchors));
    }
    return new Identity(chain, trustAnchors, key.key(), key.pem());
  }

  /** Whether the certificate verifies what the key signs. */
  private static boolean belongs(PrivateKey key, X509Certificate certificate) {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(PROOF);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(PROOF);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String subjects(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getSubjectX500Principal().toString())
        .collect(Collectors.joining("; "));
  }
}
