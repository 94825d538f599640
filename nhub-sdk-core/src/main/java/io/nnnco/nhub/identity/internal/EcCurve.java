package io.nnnco.nhub.identity.internal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * The curve of an EC key. SEC 1 allows a key to omit it, and BouncyCastle's own writer does; then
 * the certificate beside the key determines it.
 */
final class EcCurve {
  /** Those that the JDK supports. */
  private static final Set<ASN1ObjectIdentifier> SUPPORTED =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private EcCurve() {}

  static boolean isSupported(PrivateKeyInfo key) {
    return key.getPrivateKeyAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
        && SUPPORTED.contains(curve);
  }

  static boolean isMissing(PrivateKeyInfo key) {
    AlgorithmIdentifier algorithm = key.getPrivateKeyAlgorithm();
    return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && algorithm.getParameters() == null;
  }

  /**
   * The key with the curve of the first certificate whose key has the same length; null if none
   * has.
   */
  static @Nullable PrivateKeyInfo complete(PrivateKeyInfo key, List<X509Certificate> certificates)
      throws IOException {
    ASN1Encodable content = key.parsePrivateKey();
    int length = ECPrivateKey.getInstance(content).getPrivateKey().getOctets().length;
    for (X509Certificate certificate : certificates) {
      if (certificate.getPublicKey() instanceof ECPublicKey publicKey
          && (publicKey.getParams().getOrder().bitLength() + 7) / 8 == length) {
        AlgorithmIdentifier algorithm =
            SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getAlgorithm();
        return new PrivateKeyInfo(algorithm, content);
      }
    }
    return null;
  }
}
