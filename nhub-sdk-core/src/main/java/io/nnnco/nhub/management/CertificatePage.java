package io.nnnco.nhub.management;

import java.util.List;
import java.util.OptionalLong;

/**
 * One page of the list of certificates. Immutable.
 *
 * @param number the number of the page, from 1
 * @param certificates its entries, in the platform's order
 * @param total the number of certificates on all pages, or empty if the platform did not give it
 * @param hasNext whether another page follows
 */
public record CertificatePage(
    int number, List<MqttCertificate> certificates, OptionalLong total, boolean hasNext) {

  /**
   * Copies the entries.
   *
   * @param number the number of the page, from 1
   * @param certificates its entries
   * @param total the number of certificates on all pages, or empty
   * @param hasNext whether another page follows
   */
  public CertificatePage {
    certificates = List.copyOf(certificates);
  }
}
