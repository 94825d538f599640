package io.nnnco.nhub.management;

import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.PemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The MQTT certificates of the enterprise (rules R4 to R9). Safe for use by several threads. */
public interface Certificates {

  /**
   * Issues a certificate valid for 8,760 hours. The same as {@code issue(CertificateSpec.of(name,
   * apiKeyId))}.
   *
   * @param name what people will know it by; not blank
   * @param apiKeyId the id of the API key it is for
   * @return the certificate with its private key, which is shown this once: save it
   * @throws PemException if this Java runtime has no elliptic curves, so that it could not read the
   *     key; nothing is asked for
   * @throws CertificateLimitException if the key has 10 active certificates already
   * @throws ManagementException if it was not issued, or the answer was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  default IssuedCertificate issue(String name, String apiKeyId) {
    return issue(CertificateSpec.of(name, apiKeyId));
  }

  /**
   * Issues a certificate.
   *
   * @param spec what to issue
   * @return the certificate with its private key, which is shown this once: save it
   * @throws PemException if this Java runtime has no elliptic curves, so that it could not read the
   *     key; nothing is asked for
   * @throws CertificateLimitException if the key has 10 active certificates already
   * @throws ManagementException if it was not issued, or the answer was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  IssuedCertificate issue(CertificateSpec spec);

  /**
   * Issues a certificate straight into a directory, so that none is lost (its key comes once, rule
   * R7). The directory is proved writable first; a small file {@code .issue-intent} then notes what
   * is asked for (the token must be allowed to list certificates); the answer is saved as {@code
   * client.crt}, {@code client.key} and {@code ca.crt} before this method returns.
   *
   * <p>If it ends with {@link UnfinishedIssueException}, or with an exception of a token provider
   * or an interceptor of yours, or the process dies meanwhile, call {@link #recover(Path)}; until
   * then nothing else can be issued into this directory. After any other error nothing was issued.
   *
   * @param directory where to save; made if it is missing; an identity in it is replaced, though
   *     not revoked
   * @param spec what to issue
   * @return the certificate, saved
   * @throws PemException if this Java runtime has no elliptic curves; nothing is asked for
   * @throws IdentityFileException if the directory cannot take an identity
   * @throws UnfinishedIssueException if it is not known what came of it, or of an earlier call
   * @throws IdentityFileException if the note cannot be written
   * @throws CertificateLimitException if the key has 10 active certificates already
   * @throws ManagementException if nothing was issued
   * @throws IllegalStateException if another {@code issueTo} or {@code recover} is at work there
   */
  IssuedCertificate issueTo(Path directory, CertificateSpec spec);

  /**
   * Finishes what {@link #issueTo} left unfinished. Afterwards exactly one certificate of the
   * interrupted call is live, and the directory has its key: either the one that had been saved
   * after all, or another one, after those that were lost have been revoked. May be called at any
   * time, for instance at each start of a program, and again if it fails itself.
   *
   * <p>A lost certificate is known by its name, its API key, and by not having been in the list
   * before the call; where the list tells when it was issued or expires, that must also be within
   * two days of the call. So a name that is used in two places at the same time is not safe: give
   * each directory a name of its own. If the platform's list does not show names, nothing lost can
   * be found.
   *
   * @param directory what was given to {@code issueTo}
   * @return what was found and done
   * @throws PemException if this Java runtime has no elliptic curves; nothing is asked for
   * @throws IdentityFileException if the directory cannot take an identity
   * @throws UnfinishedIssueException if another answer was lost; call again
   * @throws IdentityFileException if the note cannot be read or written
   * @throws ManagementException if the platform refused a step; call again
   * @throws IllegalStateException if another {@code issueTo} or {@code recover} is at work there
   */
  Recovery recover(Path directory);

  /**
   * All certificates, page after page as the stream is consumed; one page is held in memory. A list
   * that ends before it has given as many as it says it has is an error, after what it gave; so is
   * one that does not end: no further page is asked for after 1,000 pages, 50,000 entries, 32 MiB,
   * or ten times the call timeout, in which the time between pages does not count.
   *
   * @return a sequential stream in the platform's order; it needs no closing, and throws {@link
   *     ManagementException} while it is consumed if a page cannot be read
   */
  Stream<MqttCertificate> list();

  /**
   * One page.
   *
   * @param number which page, from 1
   * @return the page; if the platform answers with a bare array, all of it is page 1 and every
   *     other page is empty
   * @throws IllegalArgumentException if the number is below 1
   * @throws ManagementException if the platform has no such page
   * @throws ManagementException if the page cannot be read
   */
  CertificatePage listPage(int number);

  /**
   * Finds a certificate by its id, by looking through the list: the platform documents no way to
   * ask for one.
   *
   * @param id the certificate's id
   * @return the certificate, or empty if the list does not have it
   * @throws ManagementException if the list cannot be read
   */
  Optional<MqttCertificate> find(String id);

  /**
   * The certificates of an API key that count towards its limit of 10 (rule R6): those not known to
   * be revoked or expired. Where the platform's list does not tell an entry's key or status, the
   * entry is included.
   *
   * @param apiKeyId the id of the API key
   * @return the certificates, in the platform's order
   * @throws ManagementException if the list cannot be read
   */
  List<MqttCertificate> active(String apiKeyId);

  /**
   * Revokes a certificate. The bridge refuses it at the next connection attempt; a live connection
   * is not cut (rule M6).
   *
   * @param id the certificate's id
   * @throws ManagementException if there is none of this id in the enterprise
   * @throws ManagementException if it was not revoked, or the answer was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  void revoke(String id);
}
