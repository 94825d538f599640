package io.nnnco.nhub.testkit.internal.platform;

/**
 * A certificate at the one moment when its private key is known (rule R7).
 *
 * @param certificate what the server keeps
 * @param keyed the certificate and key, for the answer only
 */
public record IssuedCertificate(Certificate certificate, KeyedCertificate keyed) {}
