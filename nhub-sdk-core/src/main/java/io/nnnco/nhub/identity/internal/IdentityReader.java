package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.KeyMismatchException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the three texts of an identity and checks that they belong together. */
public final class IdentityReader {
  private IdentityReader() {}

  /** A client certificate and its key, with everything checked except the dates. */
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
    KeyProof proof = new KeyProof(texts.key(), key.key());
    X509Certificate leaf =
        certificates.stream()
            .filter(proof::belongsTo)
            .findFirst()
            .orElseThrow(
                () ->
                    new KeyMismatchException(
                        texts.certificate().source(),
                        texts.key().source(),
                        subjects(certificates)));
    List<X509Certificate> chain = chain(texts, certificates, leaf, trustAnchors);
    return new Identity(chain, trustAnchors, key.key(), key.pem());
  }

  private static List<X509Certificate> chain(
      PemTexts texts,
      List<X509Certificate> certificates,
      X509Certificate leaf,
      List<X509Certificate> trustAnchors) {
    List<X509Certificate> chain;
    try {
      chain = new CertificatePath(certificates, trustAnchors).from(leaf, Instant.now());
    } catch (CertificatePath.TooManySignatures e) {
      String defect =
          "has certificates that take more than "
              + CertificatePath.MOST_SIGNATURES
              + " signatures to put in order with the CA's";
      throw PemBlock.malformed(texts.certificate(), defect, e);
    }
    if (chain == null) {
      throw new IdentityException(
          CoreErrorCode.IDENTITY_UNTRUSTED,
          "The certificate of "
              + ForeignText.shown(leaf.getSubjectX500Principal().toString())
              + " was not issued by the given CA: it needs "
              + ForeignText.shown(leaf.getIssuerX500Principal().toString())
              + ", and the CA given is "
              + ForeignText.shown(subjects(trustAnchors))
              + ".",
          null);
    }
    return chain;
  }

  private static String subjects(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getSubjectX500Principal().toString())
        .collect(Collectors.joining("; "));
  }
}
