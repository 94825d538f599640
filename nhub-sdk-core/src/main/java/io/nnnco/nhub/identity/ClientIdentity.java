package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.internal.Fingerprint;
import io.nnnco.nhub.identity.internal.IdentityDirectory;
import io.nnnco.nhub.identity.internal.IdentityReader;
import io.nnnco.nhub.identity.internal.IdentityReader.Identity;
import io.nnnco.nhub.identity.internal.JavaRuntime;
import io.nnnco.nhub.identity.internal.PemText;
import io.nnnco.nhub.identity.internal.PemTexts;
import io.nnnco.nhub.identity.internal.TlsContext;
import io.nnnco.nhub.identity.internal.Validity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * A client certificate with its private key, and the CA against which the bridge is verified: the
 * three PEM texts that {@code POST mqtt-certificates/} returns, or three files.
 *
 * <p>The key may be EC (P-256, P-384, P-521) or RSA, in the formats {@code EC PRIVATE KEY}, {@code
 * RSA PRIVATE KEY}, {@code PRIVATE KEY} and {@code ENCRYPTED PRIVATE KEY}, or encrypted in
 * OpenSSL's older format ({@code Proc-Type: 4,ENCRYPTED}). Text around the blocks, CRLF, a byte
 * order mark, indentation and {@code \n} left over from JSON are accepted, as is the base64 of the
 * whole, as secret stores keep it. Certificates may be in any order, and the CA's may be repeated
 * beside the client's.
 *
 * <p>If there are several certificates of one issuer, such as an expired one and its renewal, the
 * identity uses a chain that is in date when it is read, by this machine's clock; among several
 * issuers, the one that is valid longest.
 *
 * <p>Any text is read or rejected within a few seconds. The limits: 1,048,576 characters per text
 * (bytes, for a file), 500 blocks, 65,536 characters per block; RSA keys of 8,192 bits; 200
 * signatures to find the chain to the CA; and for an encrypted key 2,000,000 iterations, or with
 * scrypt 64 MiB of memory (128·N·r) and 2,097,152 rounds (N·r·p).
 *
 * <p>An existing identity has been checked: the key belongs to the certificate, and the certificate
 * chains to the CA. {@link #checkValidAt(Instant)} checks its dates, so that an expired identity
 * can still be inspected and revoked.
 *
 * <p>Immutable and thread-safe. The key is never shown: {@code toString} gives subject, fingerprint
 * and expiry. Two identities are equal if their certificates are.
 */
public final class ClientIdentity implements Credentials {
  /** The name of the file with the client certificate, {@value}. */
  public static final String CERTIFICATE_FILE = IdentityDirectory.CERTIFICATE_FILE;

  /** The name of the file with the private key, {@value}. */
  public static final String KEY_FILE = IdentityDirectory.KEY_FILE;

  /** The name of the file with the CA certificate, {@value}. */
  public static final String CA_FILE = IdentityDirectory.CA_FILE;

  private final Identity identity;

  ClientIdentity(Identity identity) {
    this.identity = identity;
  }

  /**
   * Creates an identity from the three texts that the platform returns.
   *
   * @param certificatePem {@code certificate_pem}: the client certificate, with any certificates
   *     between it and the CA
   * @param privateKeyPem {@code private_key_pem}: its private key
   * @param caCertificatePem {@code ca_certificate_pem}: the CA certificate, one or more
   * @return the identity, with everything checked except its dates
   * @throws PemException if a text is damaged, is not PEM, or exceeds the limits; if a text
   *     contains something other than it should; if the key is encrypted; if the key is neither EC
   *     nor RSA, exceeds the limits, or needs an algorithm that this Java runtime lacks
   * @throws KeyMismatchException if the key does not belong to the certificate
   * @throws IdentityException if this CA did not issue the certificate
   */
  public static ClientIdentity fromPem(
      String certificatePem, String privateKeyPem, String caCertificatePem) {
    return new ClientIdentity(
        IdentityReader.read(texts(certificatePem, privateKeyPem, caCertificatePem), null));
  }

  /**
   * Creates an identity from three texts; the key may be encrypted.
   *
   * @param certificatePem the client certificate, with any certificates between it and the CA
   * @param privateKeyPem its private key
   * @param caCertificatePem the CA certificate, one or more
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, with everything checked except its dates
   * @throws PemException if a text is damaged, is not PEM, or exceeds the limits; if a text
   *     contains something other than it should; if the password does not decrypt the key; if the
   *     key is neither EC nor RSA, its encryption is unknown or exceeds the limits, or it needs an
   *     algorithm that this Java runtime lacks
   * @throws KeyMismatchException if the key does not belong to the certificate
   * @throws IdentityException if this CA did not issue the certificate
   */
  public static ClientIdentity fromPem(
      String certificatePem, String privateKeyPem, String caCertificatePem, char[] keyPassword) {
    return new ClientIdentity(
        IdentityReader.read(
            texts(certificatePem, privateKeyPem, caCertificatePem),
            Objects.requireNonNull(keyPassword, "keyPassword")));
  }

  /**
   * Loads the identity from a directory: {@value #CERTIFICATE_FILE}, {@value #KEY_FILE} and {@value
   * #CA_FILE}. If an earlier {@link #save(Path)} was interrupted after its point of no return, this
   * loads the identity that it saved, and moves the files into place if possible.
   *
   * <p>Links are followed. Each file must be a regular file of at most 1 MiB. A key file that every
   * user of the machine can read is used, with a warning in the log. Leftovers of a save are
   * adopted only if no other user can have created them.
   *
   * @param directory the directory with the three files
   * @return the identity, with everything checked except its dates
   * @throws IdentityFileException if a file or the directory does not exist; if a file cannot be
   *     read
   * @throws IdentityException if the texts are not an identity, as described for {@link
   *     #fromPem(String, String, String)}
   */
  public static ClientIdentity load(Path directory) {
    return new ClientIdentity(IdentityReader.read(new IdentityDirectory(directory).load(), null));
  }

  /**
   * Loads the identity from a directory; the key may be encrypted.
   *
   * @param directory the directory with the three files
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, with everything checked except its dates
   * @throws IdentityFileException if a file or the directory does not exist; if a file cannot be
   *     read
   * @throws IdentityException if the texts are not an identity, as described for {@link
   *     #fromPem(String, String, String, char[])}
   */
  public static ClientIdentity load(Path directory, char[] keyPassword) {
    Objects.requireNonNull(keyPassword, "keyPassword");
    return new ClientIdentity(
        IdentityReader.read(new IdentityDirectory(directory).load(), keyPassword));
  }

  /**
   * Loads the identity from three files of any names, such as those of a secret that cert-manager
   * fills, {@code tls.crt}, {@code tls.key} and {@code ca.crt}. If one of them is replaced
   * meanwhile, all are read again. Links and modes are treated as {@link #load(Path)} does.
   *
   * @param certificate the file with the client certificate, and any between it and the CA
   * @param privateKey the file with its private key
   * @param caCertificate the file with the CA certificate, one or more
   * @return the identity, with everything checked except its dates
   * @throws IdentityFileException if a file does not exist or cannot be read
   * @throws IdentityException if the texts are not an identity, as described for {@link
   *     #fromPem(String, String, String)}
   */
  public static ClientIdentity load(Path certificate, Path privateKey, Path caCertificate) {
    return new ClientIdentity(
        IdentityReader.read(
            IdentityDirectory.readFiles(certificate, privateKey, caCertificate), null));
  }

  /**
   * Loads the identity from three files of any names; the key may be encrypted.
   *
   * @param certificate the file with the client certificate, and any between it and the CA
   * @param privateKey the file with its private key
   * @param caCertificate the file with the CA certificate, one or more
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, with everything checked except its dates
   * @throws IdentityFileException if a file does not exist or cannot be read
   * @throws IdentityException if the texts are not an identity, as described for {@link
   *     #fromPem(String, String, String, char[])}
   */
  public static ClientIdentity load(
      Path certificate, Path privateKey, Path caCertificate, char[] keyPassword) {
    Objects.requireNonNull(keyPassword, "keyPassword");
    return new ClientIdentity(
        IdentityReader.read(
            IdentityDirectory.readFiles(certificate, privateKey, caCertificate), keyPassword));
  }

  /**
   * Saves this identity as {@value #CERTIFICATE_FILE}, {@value #KEY_FILE} and {@value #CA_FILE},
   * readable by their owner only, in a directory that is created if it does not exist. The files
   * are PEM, for this SDK and any other program. A key that was encrypted stays encrypted under its
   * password; any other is written as {@code PRIVATE KEY}.
   *
   * <p>All or nothing, even if the machine stops half-way: after this method returns, {@link
   * #load(Path)} returns this identity; if it throws, the identity that was there before. Until the
   * next load or save finishes an interrupted save, other programs may see a mixture of both in the
   * three files; those not moved yet are in the sub-directory {@code .committed}. Any number of
   * threads and programs may save into one directory: they wait for one another, up to a minute,
   * through a file {@code .lock} that exists meanwhile, and the last identity stays.
   *
   * <p>The directory must belong to this program's user or to root, and other users must not be
   * able to write to it; otherwise nothing is written. The system property {@code
   * nhub.trustedDirectories} names directories, separated like a class path, below which owners and
   * modes are not checked.
   *
   * <p>Where the file system has no POSIX permissions (Windows), the files have those of their
   * directory.
   *
   * @param directory the directory to save to
   * @throws IdentityFileException if the identity cannot be saved; the previous content is
   *     unchanged
   */
  public void save(Path directory) {
    new IdentityDirectory(directory).save(identity.toPem());
  }

  /**
   * Checks that an identity can be saved in a directory, by doing what {@link #save(Path)} does
   * with a file that is then deleted. The SDK does this before it requests a certificate, because
   * the platform returns the key only once.
   *
   * @param directory the directory for the identity; created if it does not exist
   * @throws IdentityFileException if an identity cannot be saved there
   */
  public static void proveWritable(Path directory) {
    new IdentityDirectory(directory).proveWritable();
  }

  /**
   * Checks that this Java runtime can use an identity with an EC key, as the platform issues it. Up
   * to Java 21, a runtime that {@code jlink} made without the module {@code jdk.crypto.ec} cannot.
   * The SDK does this before it requests a certificate, because the platform returns the key only
   * once.
   *
   * @throws PemException if the runtime has no elliptic curves (NHUB-ID-014)
   */
  public static void proveRuntime() {
    JavaRuntime.proveEllipticCurves();
  }

  /**
   * The client certificate.
   *
   * @return the first of {@link #chain()}
   */
  public X509Certificate certificate() {
    return identity.chain().get(0);
  }

  /**
   * The certificates presented to the bridge: the client certificate, then each one's issuer,
   * without the root.
   *
   * @return one certificate or more; unmodifiable
   */
  public List<X509Certificate> chain() {
    return identity.chain();
  }

  /**
   * The first moment at which the client certificate is valid.
   *
   * @return to the second
   */
  public Instant notBefore() {
    return certificate().getNotBefore().toInstant();
  }

  /**
   * The last moment at which the client certificate is valid.
   *
   * @return to the second
   */
  public Instant expiresAt() {
    return certificate().getNotAfter().toInstant();
  }

  /**
   * The SHA-256 fingerprint of the client certificate.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String fingerprint() {
    return Fingerprint.sha256(certificate());
  }

  @Override
  public List<X509Certificate> trustAnchors() {
    return identity.trustAnchors();
  }

  @Override
  public SSLContext sslContext() {
    return TlsContext.presenting(identity.chain(), identity.key(), identity.trustAnchors());
  }

  @Override
  public void checkValidAt(Instant now) {
    Validity.check(identity.chain(), now);
    Validity.checkAnchors(identity.trustAnchors(), now);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientIdentity that
        && chain().equals(that.chain())
        && trustAnchors().equals(that.trustAnchors());
  }

  @Override
  public int hashCode() {
    return Objects.hash(chain(), trustAnchors());
  }

  @Override
  public String toString() {
    return "ClientIdentity[subject="
        + ForeignText.shown(certificate().getSubjectX500Principal())
        + ", fingerprint="
        + fingerprint()
        + ", expiresAt="
        + expiresAt()
        + "]";
  }

  private static PemTexts texts(String certificate, String key, String ca) {
    return new PemTexts(
        new PemText("certificatePem", certificate),
        new PemText("privateKeyPem", key),
        new PemText("caCertificatePem", ca));
  }
}
