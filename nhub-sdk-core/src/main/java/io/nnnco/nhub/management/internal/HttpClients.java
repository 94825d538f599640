package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.management.UnusableTrustStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import okhttp3.OkHttpClient;

/** Creates HTTP clients, and explains why the Java runtime trusts no server. */
final class HttpClients {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private HttpClients() {}

  /** A client with the runtime's trust store. */
  static OkHttpClient ofRuntime(OkHttpClient.Builder builder) {
    requireTrustStore();
    try {
      return builder.build();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Kotlin declares none, and throws them all the same.
      throw unusable(e);
    } catch (AssertionError e) {
      if (e.getCause() instanceof GeneralSecurityException cause) {
        throw unusable(cause);
      }
      throw e;
    }
  }

  /** The JDK treats a missing file as an empty one, and then trusts no server. */
  private static void requireTrustStore() {
    String file = System.getProperty(TRUST_STORE, "");
    if (!file.isEmpty() && !file.equals("NONE") && !Files.exists(Path.of(file))) {
      throw new UnusableTrustStoreException(
          "The trust store " + file + ", named by -D" + TRUST_STORE + ", does not exist.", null);
    }
  }

  private static UnusableTrustStoreException unusable(Exception error) {
    String reason = deepest(error);
    return new UnusableTrustStoreException(
        "The trust store of this Java runtime cannot be read"
            + (reason.isEmpty() ? "" : ": " + reason)
            + ".",
        error);
  }

  /** Such as {@code keystore password was incorrect}. */
  private static String deepest(Exception error) {
    Throwable cause = error.getCause();
    return ForeignText.shown((cause == null ? error : cause).getMessage());
  }
}
