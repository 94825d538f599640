package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The reason that a connection to the API is not trusted, as far as the JDK gives it.
 *
 * @param problem what happened, a sentence
 * @param advice what to do about it
 */
record TlsTrouble(String problem, String advice) {
  private static final String UNTRUSTED =
      "A proxy may be opening TLS, or the API have a private CA: have that CA in the trust store of"
          + " this Java runtime (-Djavax.net.ssl.trustStore), or give an HTTP client of yours that"
          + " trusts it with httpClient(...).";

  static TlsTrouble of(String server, IOException error) {
    if (has(error, CertificateExpiredException.class)
        || has(error, CertificateNotYetValidException.class)) {
      return new TlsTrouble(
          "The certificate of " + server + " is out of date.",
          "Check this machine's clock first; if it is right, tell N-Hub's support.");
    }
    if (error instanceof SSLPeerUnverifiedException) {
      return new TlsTrouble(
          "The certificate of " + server + " is made out for another name.",
          "Check the API's address, and whether a proxy responds in its place.");
    }
    if (has(error, CertPathBuilderException.class)
        || has(error, CertPathValidatorException.class)) {
      return new TlsTrouble(
          "The certificate of " + server + " comes from no CA that this Java runtime trusts.",
          UNTRUSTED);
    }
    String advice = CoreErrorCode.API_CONNECTION_FAILED.advice();
    return error instanceof SSLException
        ? new TlsTrouble(
            "No trusted TLS connection to " + server + ": " + reason(error) + ".", advice)
        : new TlsTrouble("The connection to " + server + " broke during TLS.", advice);
  }

  /** The JDK's text, without a full stop of its own. */
  private static String reason(IOException error) {
    return ForeignText.shown(String.valueOf(error.getMessage()).replaceAll("[. ]+$", ""));
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = error; at != null && depth < 20; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
