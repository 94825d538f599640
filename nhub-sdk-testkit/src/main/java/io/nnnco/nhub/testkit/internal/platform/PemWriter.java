package io.nnnco.nhub.testkit.internal.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Certificates and keys as PEM text. */
public final class PemWriter {
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemWriter() {}

  /** A certificate as PEM. */
  public static String of(X509Certificate certificate) {
    return block("CERTIFICATE", der(certificate));
  }

  /** A private key as PEM, {@code PRIVATE KEY}. */
  public static String pkcs8(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** An EC key as PEM, {@code EC PRIVATE KEY}, with curve and public key as OpenSSL writes it. */
  public static String sec1(KeyedCertificate keyed) {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(keyed.key().getEncoded());
    DERBitString publicKey =
        new DERBitString(
            SubjectPublicKeyInfo.getInstance(keyed.certificate().getPublicKey().getEncoded())
                .getPublicKeyData()
                .getBytes());
    try {
      ASN1Object curve = info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive();
      ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
      return block(
          "EC PRIVATE KEY",
          new ECPrivateKey(256, bare.getKey(), publicKey, curve).getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("Not an EC key.", e);
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("Not an encodable certificate.", e);
    }
  }

  private static String block(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + BASE64.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
