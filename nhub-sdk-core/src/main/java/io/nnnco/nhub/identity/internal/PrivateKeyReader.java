package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.PemException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1ParsingException;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.EncryptionException;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key from PEM. BouncyCastle decodes and decrypts; the resulting key is the JDK's
 * own, because the JDK's TLS needs that. No exception has the decoder's exception as its cause,
 * which might quote the key.
 */
final class PrivateKeyReader {
  /** In bits: at this size, a signature takes some tenths of a second. */
  static final int LARGEST_RSA = 8192;

  private final PemText pem;
  private final char @Nullable [] password;
  private final List<X509Certificate> certificates;

  PrivateKeyReader(PemText pem, char @Nullable [] password, List<X509Certificate> certificates) {
    this.pem = pem;
    this.password = password;
    this.certificates = certificates;
  }

  /** A key, and the PEM block to save it as: encrypted if it was encrypted, otherwise PKCS#8. */
  record Key(PrivateKey key, String pem) {
    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }

  Key read() {
    List<PemBlock> blocks = PemBlock.in(pem);
    List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
    if (keys.size() != 1) {
      throw PemBlock.unexpected(pem, "one private key", blocks);
    }
    PemBlock block = keys.get(0);
    Object parsed = parse(block);
    PrivateKey key = toJdk(completed(decrypt(parsed, block)));
    boolean encrypted =
        parsed instanceof PKCS8EncryptedPrivateKeyInfo || parsed instanceof PEMEncryptedKeyPair;
    return new Key(key, encrypted ? block.text() : PemWriting.privateKey(key));
  }

  private Object parse(PemBlock block) {
    if (block.type().equals("OPENSSH PRIVATE KEY")) {
      throw unsupported("a key in OpenSSH's own format");
    }
    try {
      return block.parse();
    } catch (IOException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has a private key that cannot be decoded", null);
    }
  }

  private PrivateKeyInfo decrypt(Object parsed, PemBlock block) {
    if (parsed instanceof PrivateKeyInfo info) {
      return info;
    }
    if (parsed instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    if (parsed instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      char[] given = requirePassword();
      checkCost(encrypted);
      return decrypt(encrypted, given);
    }
    if (parsed instanceof PEMEncryptedKeyPair encrypted) {
      return decrypt(encrypted, requirePassword());
    }
    throw unsupported("a block " + block.type());
  }

  private char[] requirePassword() {
    if (password == null) {
      throw new PemException(
          CoreErrorCode.IDENTITY_KEY_PASSWORD_REQUIRED,
          pem.source(),
          "The private key in " + pem.source() + " is encrypted, and no password was given.",
          null);
    }
    return password;
  }

  private void checkCost(PKCS8EncryptedPrivateKeyInfo encrypted) {
    String tooDear;
    try {
      tooDear = EncryptionCost.tooDear(encrypted.getEncryptionAlgorithm());
    } catch (RuntimeException e) {
      throw PemBlock.malformed(pem, "has a private key that cannot be decoded", null);
    }
    if (tooDear != null) {
      throw unsupported(tooDear);
    }
  }

  private PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, char[] given) {
    try {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(given));
    } catch (PKCSException | OperatorCreationException | RuntimeException e) {
      throw notDecrypted(e);
    }
  }

  private PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted, char[] given) {
    try {
      return encrypted
          .decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(given))
          .getPrivateKeyInfo();
    } catch (IOException | RuntimeException e) {
      throw notDecrypted(e);
    }
  }

  /** A wrong password shows up as bad padding, or as garbage instead of a key. */
  private IdentityException notDecrypted(Exception e) {
    return isUnknownEncryption(e, e.getCause())
        ? unsupported("a key encrypted in a way that is not known")
        : new PemException(
            CoreErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
            pem.source(),
            "The private key in " + pem.source() + " does not open with the given password.",
            null);
  }

  /** BouncyCastle reports this in several ways: no such cipher, no such name, not for this key. */
  private static boolean isUnknownEncryption(Exception e, @Nullable Throwable cause) {
    boolean unknownKeySize =
        cause instanceof IllegalStateException && !(cause instanceof ASN1ParsingException);
    return e instanceof OperatorCreationException
        || cause instanceof OperatorCreationException
        || unknownKeySize
        || (e instanceof EncryptionException && cause == null);
  }

  private PrivateKeyInfo completed(PrivateKeyInfo info) {
    if (!EcCurve.isMissing(info)) {
      return info;
    }
    try {
      PrivateKeyInfo completed = EcCurve.complete(info, certificates);
      if (completed != null) {
        return completed;
      }
    } catch (IOException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has an EC key that cannot be decoded", null);
    }
    throw unsupported("an EC key that does not name its curve, which no certificate tells");
  }

  private PrivateKey toJdk(PrivateKeyInfo info) {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      checkSize(info);
      return toJdk("RSA", info);
    }
    if (!algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      throw unsupported("a key of the algorithm " + algorithm);
    }
    if (!EcCurve.isSupported(info)) {
      throw unsupported("an EC key that does not name P-256, P-384 or P-521 as its curve");
    }
    return toJdk("EC", info);
  }

  /** The JDK checks only the modulus, and uses the other numbers as they are. */
  private void checkSize(PrivateKeyInfo info) {
    BigInteger largest;
    try {
      RSAPrivateKey key = RSAPrivateKey.getInstance(info.parsePrivateKey());
      largest =
          Stream.of(
                  key.getModulus(),
                  key.getPrivateExponent(),
                  key.getPrime1(),
                  key.getPrime2(),
                  key.getExponent1(),
                  key.getExponent2(),
                  key.getCoefficient())
              .reduce(BigInteger.ZERO, BigInteger::max);
    } catch (IOException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has an RSA key that cannot be decoded", null);
    }
    if (largest.bitLength() > LARGEST_RSA) {
      throw unsupported("an RSA key of more than " + LARGEST_RSA + " bits");
    }
  }

  private PrivateKey toJdk(String algorithm, PrivateKeyInfo info) {
    KeyFactory factory;
    try {
      factory = KeyFactory.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw JavaRuntime.lacking(algorithm, e);
    }
    try {
      return factory.generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw PemBlock.malformed(pem, "has an " + algorithm + " key that cannot be decoded", null);
    }
  }

  private PemException unsupported(String found) {
    return new PemException(
        CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
        pem.source(),
        pem.source() + " holds " + ForeignText.shown(found) + ", which is not supported.",
        null);
  }
}
