package io.nnnco.nhub.spring;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Credentials of what an SSL bundle has in its stores, of whatever format. */
final class SslBundleCredentials {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private SslBundleCredentials() {}

  /**
   * A client identity.
   *
   * @throws IllegalArgumentException if a store is missing or has not what it needs to have
   */
  static ClientIdentity identity(SslBundle bundle) {
    try {
      KeyStore store = bundle.getStores().getKeyStore();
      if (store == null) {
        throw new IllegalArgumentException("The bundle has no key store.");
      }
      String alias = keyAlias(store, PropertyValues.text(bundle.getKey().getAlias()));
      Key key = store.getKey(alias, password(bundle));
      Certificate[] chain = store.getCertificateChain(alias);
      byte[] encoded = key == null ? null : key.getEncoded();
      if (encoded == null || chain == null) {
        throw new IllegalArgumentException(
            "The entry \""
                + alias
                + "\" of the bundle's key store is not a private key that can be"
                + " read.");
      }
      return ClientIdentity.fromPem(
          certificates(List.of(chain)), pem("PRIVATE KEY", encoded), trustAnchors(bundle));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The bundle cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A user name and token, with the bundle's trust store.
   *
   * @throws IllegalArgumentException if the trust store is missing
   */
  static UsernamePassword login(String username, Secret token, SslBundle bundle) {
    try {
      return UsernamePassword.of(username, token, trustAnchors(bundle));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The bundle cannot be read: " + e.getMessage(), e);
    }
  }

  private static String keyAlias(KeyStore store, @Nullable String configured)
      throws GeneralSecurityException {
    if (configured != null) {
      return configured;
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return alias;
      }
    }
    throw new IllegalArgumentException("The bundle's key store has no private key.");
  }

  private static char @Nullable [] password(SslBundle bundle) {
    String password = bundle.getKey().getPassword();
    if (password == null) {
      password = bundle.getStores().getKeyStorePassword();
    }
    return password == null ? null : password.toCharArray();
  }

  private static String trustAnchors(SslBundle bundle) throws GeneralSecurityException {
    KeyStore store = bundle.getStores().getTrustStore();
    List<Certificate> anchors = new ArrayList<>();
    if (store != null) {
      for (String alias : Collections.list(store.aliases())) {
        anchors.add(store.getCertificate(alias));
      }
    }
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("The bundle has no trust store with certificates.");
    }
    return certificates(anchors);
  }

  private static String certificates(List<Certificate> certificates)
      throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : certificates) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, LINES.encodeToString(content), type);
  }
}
