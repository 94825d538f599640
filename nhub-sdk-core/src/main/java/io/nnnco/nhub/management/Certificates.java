package io.nnnco.nhub.management;

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
   * @throws CertificateLimitException if the key has 10 active certificates already
   * @throws ManagementException if it was not issued, or the answer was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  IssuedCertificate issue(CertificateSpec spec);

  /**
   * All certificates, page after page as the stream is consumed; one page is held in memory.
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
   * @throws NotFoundException if the platform has no such page
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
   * @throws NotFoundException if there is none of this id in the enterprise
   * @throws ManagementException if it was not revoked, or the answer was lost; see {@link
   *     ManagementException#outcomeUnknown()}
   */
  void revoke(String id);
}
