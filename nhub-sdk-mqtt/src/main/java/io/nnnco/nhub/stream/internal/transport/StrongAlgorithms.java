package io.nnnco.nhub.stream.internal.transport;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Forbids, on connections to the bridge, what the JDK may still allow, depending on its version and
 * configuration: signatures with SHA-1 or MD5, RSA keys below 2048 bits, and RSA key exchange,
 * where a key that leaks later decrypts what was recorded before.
 */
final class StrongAlgorithms implements AlgorithmConstraints {
  private static final int LEAST_RSA_BITS = 2_048;

  /** The cipher suites with forward secrecy; TLS 1.3 has no others. */
  static String[] suites(String[] enabled) {
    return Arrays.stream(enabled)
        .filter(
            suite ->
                suite.startsWith("TLS_AES_")
                    || suite.startsWith("TLS_CHACHA20_")
                    || suite.startsWith("TLS_ECDHE_")
                    || suite.startsWith("TLS_DHE_"))
        .toArray(String[]::new);
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    String name = algorithm.toUpperCase(Locale.ROOT);
    return !primitives.contains(CryptoPrimitive.SIGNATURE)
        || !(name.startsWith("SHA1WITH") || name.startsWith("MD") || name.endsWith("_SHA1"));
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives,
      String algorithm,
      Key key,
      @Nullable AlgorithmParameters parameters) {
    return permits(primitives, algorithm, parameters) && permits(primitives, key);
  }
}
