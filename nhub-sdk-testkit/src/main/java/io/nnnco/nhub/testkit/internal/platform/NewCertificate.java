package io.nnnco.nhub.testkit.internal.platform;

/**
 * A certificate at the only moment when its private key is known (R7 in docs/bridge.md).
 *
 * @param certificate what the server stores
 * @param keyed the certificate and key, for the response only
 */
public record NewCertificate(Certificate certificate, KeyedCertificate keyed) {}
