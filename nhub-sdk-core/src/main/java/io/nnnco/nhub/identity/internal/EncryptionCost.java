package io.nnnco.nhub.identity.internal;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The cost of trying a password on an encrypted key. The file itself sets it, and could demand all
 * memory and a year.
 */
final class EncryptionCost {
  /** Takes a few seconds; OpenSSL writes 2,048, and OWASP recommends 600,000 for SHA-256. */
  static final BigInteger MOST_ITERATIONS = BigInteger.valueOf(2_000_000);

  /** In bytes, 128·N·r: four times OpenSSL's default, and twice what OpenSSL itself accepts. */
  static final BigInteger MOST_MEMORY = BigInteger.valueOf(64L << 20);

  /** N·r·p: 16 times OpenSSL's default. */
  static final BigInteger MOST_ROUNDS = BigInteger.valueOf(1L << 21);

  private EncryptionCost() {}

  /**
   * Which parameter is too expensive, or null; throws a RuntimeException if the parameters are
   * malformed.
   */
  static @Nullable String tooDear(AlgorithmIdentifier encryption) {
    if (!encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      return iterations(secondOf(encryption));
    }
    KeyDerivationFunc function =
        PBES2Parameters.getInstance(encryption.getParameters()).getKeyDerivationFunc();
    ASN1ObjectIdentifier algorithm = function.getAlgorithm();
    if (algorithm.equals(MiscObjectIdentifiers.id_scrypt)) {
      return scrypt(ScryptParams.getInstance(function.getParameters()));
    }
    return algorithm.equals(PKCSObjectIdentifiers.id_PBKDF2)
        ? iterations(PBKDF2Params.getInstance(function.getParameters()).getIterationCount())
        : null; // The scheme is not known, so no key is derived.
  }

  /** All older schemes have the salt, then the iterations. */
  private static BigInteger secondOf(AlgorithmIdentifier encryption) {
    ASN1Sequence parameters = ASN1Sequence.getInstance(encryption.getParameters());
    return ASN1Integer.getInstance(parameters.getObjectAt(1)).getValue();
  }

  private static @Nullable String iterations(BigInteger iterations) {
    return tooMany(
        iterations, MOST_ITERATIONS, "a key encrypted with %s iterations; %s at most are done");
  }

  private static @Nullable String scrypt(ScryptParams parameters) {
    BigInteger block = parameters.getCostParameter().multiply(parameters.getBlockSize());
    String memory =
        tooMany(
            block.shiftLeft(7),
            MOST_MEMORY,
            "a key encrypted with scrypt of %s bytes; %s at most are used");
    return memory != null
        ? memory
        : tooMany(
            block.multiply(parameters.getParallelizationParameter()),
            MOST_ROUNDS,
            "a key encrypted with scrypt of %s rounds; %s at most are done");
  }

  private static @Nullable String tooMany(BigInteger asked, BigInteger most, String text) {
    if (asked.compareTo(most) <= 0) {
      return null;
    }
    String number = asked.bitLength() > 63 ? "2^" + (asked.bitLength() - 1) : asked.toString();
    return String.format(text, number, most);
  }
}
