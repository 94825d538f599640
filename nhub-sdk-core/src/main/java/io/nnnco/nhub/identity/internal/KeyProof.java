package io.nnnco.nhub.identity.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** Data that a private key has signed: the certificates that verify it belong to the key. */
final class KeyProof {
  private static final byte[] SIGNED = "N-Hub".getBytes(StandardCharsets.US_ASCII);

  private final PrivateKey key;
  private final String algorithm;
  private final byte[] signature;

  KeyProof(PemText pem, PrivateKey key) {
    this.key = key;
    this.algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    this.signature = sign(pem);
  }

  boolean belongsTo(X509Certificate certificate) {
    return isAlike(certificate.getPublicKey()) && verifies(certificate.getPublicKey());
  }

  private byte[] sign(PemText pem) {
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(SIGNED);
      return signer.sign();
    } catch (GeneralSecurityException | RuntimeException e) {
      if (e instanceof GeneralSecurityException failed && JavaRuntime.isLacking(failed)) {
        throw JavaRuntime.lacking(algorithm, failed);
      }
      throw PemBlock.malformed(pem, "has a private key that signs nothing", null);
    }
  }

  /** So that nothing is computed with a key of another kind or size. */
  private boolean isAlike(PublicKey candidate) {
    if (key instanceof RSAKey mine && candidate instanceof RSAKey other) {
      return mine.getModulus().equals(other.getModulus());
    }
    return key instanceof ECKey mine
        && candidate instanceof ECKey other
        && mine.getParams().getCurve().equals(other.getParams().getCurve());
  }

  private boolean verifies(PublicKey candidate) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(candidate);
      verifier.update(SIGNED);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
