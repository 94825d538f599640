package io.nnnco.nhub.management;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.Objects;

/**
 * The certificate to issue. Immutable; {@code with…} methods return a changed copy.
 *
 * @param name a name for people to recognise, such as {@code Production MQTT Client}
 * @param apiKeyId the id of its API key
 * @param validity how long it is valid, in whole hours, 1 h to 87,600 h (10 years); 8,760 h (1
 *     year) by default
 */
public record CertificateSpec(String name, String apiKeyId, Duration validity) {
  /** The default validity: 8,760 hours. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofDays(365);

  /** The longest validity that the platform allows: 87,600 hours. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(3_650);

  /** The shortest validity: 1 hour. */
  public static final Duration MIN_VALIDITY = Duration.ofHours(1);

  /**
   * Checks the values, before anything is sent.
   *
   * @param name a name for people to recognise; not blank
   * @param apiKeyId the id of the API key; not blank
   * @param validity how long it is valid
   * @throws IllegalArgumentException if a text is blank, or the validity is not a whole number of
   *     hours from 1 to 87,600
   */
  public CertificateSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(apiKeyId, "apiKeyId");
    Objects.requireNonNull(validity, "validity");
    if (name.isBlank()) {
      throw new IllegalArgumentException("A certificate needs a name.");
    }
    if (apiKeyId.isBlank()) {
      throw new IllegalArgumentException("A certificate needs the id of its API key.");
    }
    if (validity.compareTo(MIN_VALIDITY) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "A certificate is valid for 1 to 87,600 hours, not for "
              + DurationText.of(validity)
              + ".");
    }
    if (!validity.equals(Duration.ofHours(validity.toHours()))) {
      throw new IllegalArgumentException(
          "A certificate is valid for whole hours, not for " + DurationText.of(validity) + ".");
    }
  }

  /**
   * Creates the spec of a certificate with the default validity of 8,760 hours.
   *
   * @param name a name for people to recognise; not blank
   * @param apiKeyId the id of the API key; not blank
   * @return the spec
   * @throws IllegalArgumentException if a text is blank
   */
  public static CertificateSpec of(String name, String apiKeyId) {
    return new CertificateSpec(name, apiKeyId, DEFAULT_VALIDITY);
  }

  /**
   * Returns this spec with another validity.
   *
   * @param value how long the certificate is valid, in whole hours from 1 to 87,600
   * @return the changed copy
   * @throws IllegalArgumentException if the validity is out of range
   */
  public CertificateSpec withValidity(Duration value) {
    return new CertificateSpec(name, apiKeyId, value);
  }
}
