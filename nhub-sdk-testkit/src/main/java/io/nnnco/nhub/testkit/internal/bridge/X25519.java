package io.nnnco.nhub.testkit.internal.bridge;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** The key agreement of RFC 7748, on the bytes that TLS sends. */
final class X25519 {
  static final int KEY_SIZE = 32;

  private static final String NAME = "X25519";
  private static final byte[] BASE_POINT = new byte[KEY_SIZE];

  static {
    BASE_POINT[0] = 9;
  }

  private X25519() {}

  static byte[] publicKey(byte[] privateKey) throws GeneralSecurityException {
    return agree(privateKey, BASE_POINT);
  }

  static byte[] agree(byte[] privateKey, byte[] publicKey) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance(NAME);
    KeyAgreement agreement = KeyAgreement.getInstance(NAME);
    agreement.init(
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
    agreement.doPhase(
        keys.generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, littleEndian(publicKey))),
        true);
    return agreement.generateSecret();
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    reversed[0] &= 0x7F;
    return new BigInteger(1, reversed);
  }
}
