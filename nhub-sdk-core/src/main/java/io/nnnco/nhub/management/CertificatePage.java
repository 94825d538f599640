package io.nnnco.nhub.management;

import java.util.List;
import java.util.OptionalLong;

/**
 * One page of the list of certificates (rule R8). Immutable.
 *
 * @param number which page, from 1
 * @param certificates its entries, in the platform's order
 * @param total how many certificates there are on all pages, or empty if the platform did not say
 * @param hasNext whether another page follows
 */
public record CertificatePage(
    int number, List<MqttCertificate> certificates, OptionalLong total, boolean hasNext) {

  /**
   * Takes a copy of the entries.
   *
   * @param number which page, from 1
   * @param certificates its entries
   * @param total how many there are on all pages, or empty
   * @param hasNext whether another page follows
   */
  public CertificatePage {
    certificates = List.copyOf(certificates);
  }
}
