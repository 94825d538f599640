package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.internal.CertificateReader;
import io.nnnco.nhub.identity.internal.IdentityDirectory;
import io.nnnco.nhub.identity.internal.PemText;
import io.nnnco.nhub.identity.internal.TlsContext;
import io.nnnco.nhub.identity.internal.Validity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * An API key's user name and token, as credentials for the bridge. They need the platform's CA
 * certificate, too: the bridge's certificate does not chain to a public CA. {@link ClientIdentity}
 * describes the accepted formats and the limits of the CA's text.
 *
 * <p>Immutable and thread-safe. {@code toString} does not show the token.
 */
public final class UsernamePassword implements Credentials {
  private final String username;
  private final Secret token;
  private final List<X509Certificate> trustAnchors;

  private UsernamePassword(String username, Secret token, List<X509Certificate> trustAnchors) {
    if (username.isBlank()) {
      throw new IllegalArgumentException("A user name must not be blank.");
    }
    this.username = username;
    this.token = Objects.requireNonNull(token, "token");
    this.trustAnchors = trustAnchors;
  }

  /**
   * Creates credentials with the CA certificate as text.
   *
   * @param username the API key's user name, such as {@code api-sp-global-04f62b}
   * @param token the API key's token
   * @param caCertificatePem the platform's CA certificate, one or more, as PEM
   * @return the credentials
   * @throws IllegalArgumentException if the user name is blank
   * @throws PemException if the CA's text is damaged or is not PEM; if the CA's text contains no
   *     certificate; if the CA's keys are EC, and this Java runtime has no elliptic curves
   */
  public static UsernamePassword of(String username, Secret token, String caCertificatePem) {
    PemText ca = new PemText("caCertificatePem", caCertificatePem);
    return new UsernamePassword(username, token, CertificateReader.read(ca));
  }

  /**
   * Creates credentials with the CA certificate from a file.
   *
   * @param username the API key's user name, such as {@code api-sp-global-04f62b}
   * @param token the API key's token
   * @param caCertificate the file with the platform's CA certificate, one or more, as PEM
   * @return the credentials
   * @throws IllegalArgumentException if the user name is blank
   * @throws IdentityFileException if the file does not exist; if the file cannot be read
   * @throws PemException if the file is damaged or is not PEM; if the file contains no certificate;
   *     if the CA's keys are EC, and this Java runtime has no elliptic curves
   */
  public static UsernamePassword load(String username, Secret token, Path caCertificate) {
    PemText ca = IdentityDirectory.readFile(caCertificate);
    return new UsernamePassword(username, token, CertificateReader.read(ca));
  }

  /**
   * The API key's user name.
   *
   * @return not blank
   */
  public String username() {
    return username;
  }

  /**
   * The password at the bridge: the API key's token.
   *
   * @return the token, wrapped so that it is not printed
   */
  public Secret password() {
    return token;
  }

  @Override
  public List<X509Certificate> trustAnchors() {
    return trustAnchors;
  }

  @Override
  public SSLContext sslContext() {
    return TlsContext.trusting(trustAnchors);
  }

  @Override
  public void checkValidAt(Instant now) {
    Validity.checkAnchors(trustAnchors, now);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UsernamePassword that
        && username.equals(that.username)
        && token.equals(that.token)
        && trustAnchors.equals(that.trustAnchors);
  }

  @Override
  public int hashCode() {
    return Objects.hash(username, trustAnchors);
  }

  @Override
  public String toString() {
    return "UsernamePassword[username=" + username + ", token=hidden]";
  }
}
