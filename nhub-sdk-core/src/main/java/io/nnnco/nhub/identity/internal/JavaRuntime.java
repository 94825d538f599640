package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.identity.IdentityException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What this Java runtime supports. Slim runtimes of Java 17 to 21, as jlink makes them, have no
 * elliptic curves unless the module {@code jdk.crypto.ec} is named, and then decode no EC key.
 */
public final class JavaRuntime {
  private static final String EC = "EC";

  private JavaRuntime() {}

  /** Checks that this runtime can use an identity with an EC key, as the platform issues it. */
  public static void proveEllipticCurves() {
    try {
      KeyFactory.getInstance(EC);
      AlgorithmParameters.getInstance(EC).init(new ECGenParameterSpec("secp256r1"));
      Signature.getInstance("SHA256withECDSA");
      KeyAgreement.getInstance("ECDH");
      proveSuites();
    } catch (GeneralSecurityException e) {
      throw runtimeLacks("elliptic curves", e);
    }
  }

  private static void proveSuites() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[0], new TrustManager[0], null);
    String[] suites = context.getSupportedSSLParameters().getCipherSuites();
    if (Arrays.stream(suites).noneMatch(JavaRuntime::takesEcKeys)) {
      throw new NoSuchAlgorithmException("no cipher suite takes EC keys");
    }
  }

  /** Those of TLS 1.3 accept every kind of key. */
  private static boolean takesEcKeys(String suite) {
    return suite.startsWith("TLS_ECDHE_ECDSA_") || !suite.contains("_WITH_");
  }

  /** Checks this if these certificates have no other key, so that nothing else can be used. */
  static void proveAnyUsable(List<X509Certificate> certificates) {
    if (certificates.stream().allMatch(JavaRuntime::hasUndecodedEcKey)) {
      proveEllipticCurves();
    }
  }

  private static boolean hasUndecodedEcKey(X509Certificate certificate) {
    return certificate.getPublicKey().getAlgorithm().equals(EC)
        && !(certificate.getPublicKey() instanceof ECPublicKey);
  }

  /** Whether it failed because an algorithm is missing, and not because of its input. */
  static boolean isLacking(GeneralSecurityException e) {
    return e instanceof NoSuchAlgorithmException || e instanceof NoSuchProviderException;
  }

  static IdentityException lacking(String algorithm, GeneralSecurityException cause) {
    return runtimeLacks(
        algorithm.contains(EC) ? "elliptic curves (" + algorithm + ")" : algorithm, cause);
  }

  private static IdentityException runtimeLacks(String lacking, @Nullable Throwable cause) {
    return new IdentityException(
        CoreErrorCode.RUNTIME_INCOMPLETE,
        "This Java runtime ("
            + System.getProperty("java.version")
            + ") lacks "
            + lacking
            + ", and identities cannot be used without.",
        cause);
  }
}
