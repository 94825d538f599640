package io.nnnco.nhub.management;

import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.PemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The MQTT certificates of the enterprise. Thread-safe. */
public interface Certificates {

  /**
   * Issues a certificate valid for 8,760 hours. The same as {@code issue(CertificateSpec.of(name,
   * apiKeyId))}.
   *
   * @param name a name for people to recognise; not blank
   * @param apiKeyId the id of its API key
   * @return the certificate with its private key, which the platform shows only once: save it
   * @throws PemException if this Java runtime has no elliptic curves, so that it could not read the
   *     key; nothing is requested
   * @throws CertificateLimitException if the key already has 10 active certificates
   * @throws ManagementException if the certificate was not issued, or the response was lost; see
   *     {@link ManagementException#outcomeUnknown()}
   */
  default IssuedCertificate issue(String name, String apiKeyId) {
    return issue(CertificateSpec.of(name, apiKeyId));
  }

  /**
   * Issues a certificate.
   *
   * @param spec the certificate to issue
   * @return the certificate with its private key, which the platform shows only once: save it
   * @throws PemException if this Java runtime has no elliptic curves, so that it could not read the
   *     key; nothing is requested
   * @throws CertificateLimitException if the key already has 10 active certificates
   * @throws ManagementException if the certificate was not issued, or the response was lost; see
   *     {@link ManagementException#outcomeUnknown()}
   */
  IssuedCertificate issue(CertificateSpec spec);

  /**
   * Issues a certificate straight into a directory, so that it cannot get lost (the platform
   * returns its key only once). It first checks that it can write to the directory; a small file
   * {@code .issue-intent} then notes the request (the token must be allowed to list certificates);
   * the response is saved as {@code client.crt}, {@code client.key} and {@code ca.crt} before this
   * method returns.
   *
   * <p>If it ends with {@link UnfinishedIssueException}, or with an exception of your token
   * provider or interceptor, or the process dies meanwhile, call {@link #recover(Path)}; until
   * then, nothing else can be issued into this directory. After any other error, nothing was
   * issued.
   *
   * @param directory the directory to save to; created if it does not exist; an identity in it is
   *     replaced, but not revoked
   * @param spec the certificate to issue
   * @return the certificate, saved
   * @throws PemException if this Java runtime has no elliptic curves; nothing is requested
   * @throws IdentityFileException if an identity cannot be saved in the directory, or the note
   *     cannot be written
   * @throws UnfinishedIssueException if the outcome of this call, or of an earlier one, is not
   *     known
   * @throws CertificateLimitException if the key already has 10 active certificates
   * @throws ManagementException if nothing was issued
   * @throws IllegalStateException if another {@code issueTo} or {@code recover} is running there
   */
  IssuedCertificate issueTo(Path directory, CertificateSpec spec);

  /**
   * Finishes what {@link #issueTo} left unfinished. Afterwards exactly one certificate of the
   * interrupted call is active, and the directory has its key: either the one that had been saved
   * after all, or a new one, after the lost ones have been revoked. You can call it at any time,
   * for example at each start of a program, and again if it fails.
   *
   * <p>A lost certificate is recognised by its name, by its API key, and by not having been in the
   * list before the call. If the list gives the time of issue or expiry, that must also be within
   * two days of the call. So a name that is used in two places at the same time is not safe: give
   * each directory its own name. If the platform's list has no names, nothing lost can be found.
   *
   * @param directory the directory that was passed to {@code issueTo}
   * @return what was found and done
   * @throws PemException if this Java runtime has no elliptic curves; nothing is requested
   * @throws IdentityFileException if an identity cannot be saved in the directory, or the note
   *     cannot be read or written
   * @throws UnfinishedIssueException if another response was lost; call again
   * @throws ManagementException if the platform refused a step; call again
   * @throws IllegalStateException if another {@code issueTo} or {@code recover} is running there
   */
  Recovery recover(Path directory);

  /**
   * Lists all certificates, page by page as the stream is consumed; one page is held in memory. If
   * a list ends before it has returned as many entries as it claims, the stream ends with an error,
   * after those entries. The same applies to a list that does not end: no page is requested after
   * 1,000 pages, 50,000 entries, 32 MiB, or ten times the call timeout, not counting the time
   * between pages.
   *
   * @return a sequential stream in the platform's order; it need not be closed, and throws {@link
   *     ManagementException} while it is consumed if a page cannot be read
   */
  Stream<MqttCertificate> list();

  /**
   * Reads one page.
   *
   * @param number the number of the page, from 1
   * @return the page; if the platform responds with a bare array, page 1 has all of it and every
   *     other page is empty
   * @throws IllegalArgumentException if the number is below 1
   * @throws ManagementException if the platform has no such page; if the page cannot be read
   */
  CertificatePage listPage(int number);

  /**
   * Finds a certificate by its id. It searches the list, because the platform documents no call for
   * a single certificate.
   *
   * @param id the certificate's id
   * @return the certificate, or empty if the list does not contain it
   * @throws ManagementException if the list cannot be read
   */
  Optional<MqttCertificate> find(String id);

  /**
   * Lists the certificates of an API key that count towards its limit of 10: those not known to be
   * revoked or expired. If the platform's list does not give an entry's key or status, the entry is
   * included.
   *
   * @param apiKeyId the id of the API key
   * @return the certificates, in the platform's order
   * @throws ManagementException if the list cannot be read
   */
  List<MqttCertificate> active(String apiKeyId);

  /**
   * Revokes a certificate. The bridge refuses it at the next connection attempt; it does not cut a
   * live connection.
   *
   * @param id the certificate's id
   * @throws ManagementException if the enterprise has no certificate with this id; if the
   *     certificate was not revoked, or the response was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  void revoke(String id);
}
