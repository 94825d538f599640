package io.nnnco.nhub.testkit.contract;

/**
 * A server that keeps the bridge's contract: enterprises {@code nnn.acme} and {@code nnn.beta},
 * each with a certificate and a user name.
 */
interface ContractServer extends AutoCloseable {
  String ACME = "nnn.acme";
  String BETA = "nnn.beta";

  /** A good certificate, the same at each call. */
  Access certificate(String enterprise);

  /** A good user name and token. */
  Access token(String enterprise);

  Access noCredentials();

  Access wrongToken();

  Access inactiveKeyToken();

  Access inactiveKeyCertificate();

  Access foreignCertificate();

  Access expiredCertificate();

  Access notYetValidCertificate();

  /** A good certificate of its own, to be {@linkplain #revoke revoked}. */
  Access freshCertificate();

  void revoke(Access certificate);

  /** Publishes as the platform does. */
  void publish(String topic, String payload, int qos);

  /**
   * Waits until the server has noticed that a connection has ended: once for each, in their order.
   */
  void awaitGone(String clientId);

  ServerResponses responses();

  @Override
  void close();
}
