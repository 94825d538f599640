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
 * A client certificate with its private key, and the CA the bridge is held to (rule M3): what
 * {@code POST mqtt-certificates/} returns, as three PEM texts or three files.
 *
 * <p>The key may be EC (P-256, P-384, P-521) or RSA, in the forms {@code EC PRIVATE KEY}, {@code
 * RSA PRIVATE KEY}, {@code PRIVATE KEY} and {@code ENCRYPTED PRIVATE KEY}, or encrypted in
 * OpenSSL's older way ({@code Proc-Type: 4,ENCRYPTED}). Text around the blocks, CRLF, a byte order
 * mark, indentation and {@code \n} left over from JSON do no harm, nor does the base64 of the
 * whole, as secret stores keep it; certificates may be in any order, and the CA's may be repeated
 * beside the client's.
 *
 * <p>Where several certificates of one issuer are given, such as an expired one and its renewal, a
 * way to the CA is taken that is in date when the identity is read, by this machine's clock; of
 * several issuers, the one that lasts longest.
 *
 * <p>Whatever the texts are, they are read or refused within some seconds. The bounds: 1,048,576
 * characters a text (bytes, for a file), 500 blocks, 65,536 characters a block; RSA keys of 8,192
 * bits; 200 signatures to find the way to the CA; and for an encrypted key 2,000,000 iterations, or
 * with scrypt 64 MiB of memory (128·N·r) and 2,097,152 rounds (N·r·p).
 *
 * <p>An identity that exists has been checked: the key belongs to the certificate, and the
 * certificate leads to the CA. Its dates are checked by {@link #checkValidAt(Instant)}, so that an
 * expired identity can still be looked at and revoked.
 *
 * <p>Immutable, and safe for use by several threads. The key is never shown: {@code toString} has
 * subject, fingerprint and expiry. Two identities are equal when their certificates are.
 */
public final class ClientIdentity implements Credentials {
  /** The name of the file with the client certificate, {@value}. */
  public static final String CERTIFICATE_FILE = IdentityDirectory.CERTIFICATE_FILE;

  /** The name of the file with the private key, {@value}. */
  public static final String KEY_FILE = IdentityDirectory.KEY_FILE;

  /** The name of the file with the CA certificate, {@value}. */
  public static final String CA_FILE = IdentityDirectory.CA_FILE;

  private final Identity identity;

  private ClientIdentity(Identity identity) {
    this.identity = identity;
  }

  /**
   * An identity from the three texts that the platform returns (rule R4).
   *
   * @param certificatePem {@code certificate_pem}: the client certificate, with any certificates
   *     between it and the CA
   * @param privateKeyPem {@code private_key_pem}: its private key
   * @param caCertificatePem {@code ca_certificate_pem}: the CA certificate, one or more
   * @return the identity, checked but for its dates
   * @throws MalformedPemException if a text is damaged, no PEM, or beyond the bounds
   * @throws UnexpectedPemException if a text holds something else than it should
   * @throws KeyPasswordRequiredException if the key is encrypted
   * @throws UnsupportedKeyException if the key is neither EC nor RSA, is beyond the bounds, or
   *     takes an algorithm that this Java runtime lacks
   * @throws KeyMismatchException if the key is not the certificate's
   * @throws UntrustedIdentityException if the certificate was not issued by this CA
   */
  public static ClientIdentity fromPem(
      String certificatePem, String privateKeyPem, String caCertificatePem) {
    return new ClientIdentity(
        IdentityReader.read(texts(certificatePem, privateKeyPem, caCertificatePem), null));
  }

  /**
   * An identity from three texts, of which the key may be encrypted.
   *
   * @param certificatePem the client certificate, with any certificates between it and the CA
   * @param privateKeyPem its private key
   * @param caCertificatePem the CA certificate, one or more
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, checked but for its dates
   * @throws MalformedPemException if a text is damaged, no PEM, or beyond the bounds
   * @throws UnexpectedPemException if a text holds something else than it should
   * @throws WrongKeyPasswordException if the password does not open the key
   * @throws UnsupportedKeyException if the key is neither EC nor RSA, its encryption is unknown or
   *     beyond the bounds, or this Java runtime lacks an algorithm that it takes
   * @throws KeyMismatchException if the key is not the certificate's
   * @throws UntrustedIdentityException if the certificate was not issued by this CA
   */
  public static ClientIdentity fromPem(
      String certificatePem, String privateKeyPem, String caCertificatePem, char[] keyPassword) {
    return new ClientIdentity(
        IdentityReader.read(
            texts(certificatePem, privateKeyPem, caCertificatePem),
            Objects.requireNonNull(keyPassword, "keyPassword")));
  }

  /**
   * The identity in a directory: {@value #CERTIFICATE_FILE}, {@value #KEY_FILE} and {@value
   * #CA_FILE}. If an earlier {@link #save(Path)} was cut short after its point of no return, this
   * is the identity it saved, and the files are put in their places if they can be.
   *
   * <p>Links are followed, and each file is regular and has at most 1 MiB. A key file that every
   * user of the machine may read is used, with a warning in the log. What is left of a save is
   * adopted only if nobody else can have made it.
   *
   * @param directory where the three files are
   * @return the identity, checked but for its dates
   * @throws IdentityFileMissingException if a file or the directory is not there
   * @throws IdentityFileUnreadableException if a file cannot be read
   * @throws IdentityException if the texts are not an identity, as {@link #fromPem(String, String,
   *     String)} tells
   */
  public static ClientIdentity load(Path directory) {
    return new ClientIdentity(IdentityReader.read(new IdentityDirectory(directory).load(), null));
  }

  /**
   * The identity in a directory, of which the key may be encrypted.
   *
   * @param directory where the three files are
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, checked but for its dates
   * @throws IdentityFileMissingException if a file or the directory is not there
   * @throws IdentityFileUnreadableException if a file cannot be read
   * @throws IdentityException if the texts are not an identity, as {@link #fromPem(String, String,
   *     String, char[])} tells
   */
  public static ClientIdentity load(Path directory, char[] keyPassword) {
    Objects.requireNonNull(keyPassword, "keyPassword");
    return new ClientIdentity(
        IdentityReader.read(new IdentityDirectory(directory).load(), keyPassword));
  }

  /**
   * The identity in three files of any names, such as those of a secret that cert-manager fills,
   * {@code tls.crt}, {@code tls.key} and {@code ca.crt}. If one of them is replaced meanwhile, all
   * are read again. Links and modes are treated as {@link #load(Path)} does.
   *
   * @param certificate the file with the client certificate, and any between it and the CA
   * @param privateKey the file with its private key
   * @param caCertificate the file with the CA certificate, one or more
   * @return the identity, checked but for its dates
   * @throws IdentityFileMissingException if a file is not there
   * @throws IdentityFileUnreadableException if a file cannot be read
   * @throws IdentityException if the texts are not an identity, as {@link #fromPem(String, String,
   *     String)} tells
   */
  public static ClientIdentity load(Path certificate, Path privateKey, Path caCertificate) {
    return new ClientIdentity(
        IdentityReader.read(
            IdentityDirectory.readFiles(certificate, privateKey, caCertificate), null));
  }

  /**
   * The identity in three files of any names, of which the key may be encrypted.
   *
   * @param certificate the file with the client certificate, and any between it and the CA
   * @param privateKey the file with its private key
   * @param caCertificate the file with the CA certificate, one or more
   * @param keyPassword the key's password; not kept, and ignored if the key is not encrypted
   * @return the identity, checked but for its dates
   * @throws IdentityFileMissingException if a file is not there
   * @throws IdentityFileUnreadableException if a file cannot be read
   * @throws IdentityException if the texts are not an identity, as {@link #fromPem(String, String,
   *     String, char[])} tells
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
   * readable by their owner alone, in a directory that is made if it is missing. The files are PEM,
   * for this SDK and any other program; a key that came encrypted stays encrypted under its
   * password, any other is written as {@code PRIVATE KEY}.
   *
   * <p>All or nothing, also if the machine stops half-way: when this method has returned, {@link
   * #load(Path)} gives this identity, and if it throws, the identity that was there before. Until
   * an interrupted save is finished by the next load or save, the three files as other programs see
   * them may be of both; the rest is in the sub-directory {@code .committed}. Any number of threads
   * and programs may save into one directory: they wait for one another, up to a minute, by a file
   * {@code .lock} that is there meanwhile, and the last one's identity stays.
   *
   * <p>The directory belongs to this program's user or to root, and others cannot write it;
   * otherwise nothing is written. The system property {@code nhub.trustedDirectories} names
   * directories, separated as a class path is, below which owners and modes are not looked at.
   *
   * <p>Where the file system has no POSIX permissions (Windows), the files have those of their
   * directory.
   *
   * @param directory where to save
   * @throws IdentityNotSavedException if it cannot be done; what was there is unchanged
   */
  public void save(Path directory) {
    new IdentityDirectory(directory).save(identity.toPem());
  }

  /**
   * Proves that an identity can be saved in a directory, by doing what {@link #save(Path)} does
   * with a file that is deleted again. Done before a certificate is asked for, since its key is
   * given only once (rule R7).
   *
   * @param directory where an identity will be saved; made if it is missing
   * @throws DirectoryNotWritableException if it cannot be
   */
  public static void proveWritable(Path directory) {
    new IdentityDirectory(directory).proveWritable();
  }

  /**
   * Proves that this Java runtime can use an identity as the platform issues it, with an EC key. Up
   * to Java 21, one that {@code jlink} made without the module {@code jdk.crypto.ec} cannot. Done
   * before a certificate is asked for, since its key is given only once (rule R7).
   *
   * @throws UnsupportedKeyException if it has no elliptic curves (NHUB-ID-014)
   */
  public static void proveRuntime() {
    JavaRuntime.proveEllipticCurves();
  }

  /**
   * The client certificate itself.
   *
   * @return the first of {@link #chain()}
   */
  public X509Certificate certificate() {
    return identity.chain().get(0);
  }

  /**
   * What is presented to the bridge: the client certificate, then each one's issuer, without the
   * root.
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
