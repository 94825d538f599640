package io.nnnco.nhub.testkit.contract;

/**
 * The one place that says where the fake and mosquitto differ; all else is the same in both. {@code
 * docs/bridge.md} shows it, and {@link BridgeDocumentTest} holds the two together.
 *
 * @param noCredentials to a CONNECT with neither certificate nor user name (M5)
 * @param wrongToken to a good user name with another's token (M5)
 * @param inactiveKeyToken to the user name and token of an inactive API key (M4)
 * @param inactiveKeyCertificate to the certificate of an inactive API key (M3)
 * @param foreignCertificate to a certificate of another CA (M5)
 * @param expiredCertificate to a certificate that has ended (M7)
 * @param revokedCertificate to a certificate that has been revoked (M6)
 * @param protocolLevel3 to MQTT 3.1, which is neither of the two (M8)
 * @param takeOver to the old connection, when another comes with its client id (M16)
 * @param publishQos1 to a client that publishes with QoS 1 (M15)
 */
record ServerResponses(
    Response noCredentials,
    Response wrongToken,
    Response inactiveKeyToken,
    Response inactiveKeyCertificate,
    Response foreignCertificate,
    Response expiredCertificate,
    Response revokedCertificate,
    Response protocolLevel3,
    Response takeOver,
    Response publishQos1) {
  private static final Response NOT_AUTHORIZED = Response.connack(5, 0x87);

  static final ServerResponses FAKE =
      new ServerResponses(
          NOT_AUTHORIZED,
          Response.connack(4, 0x86),
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          Response.both("1"),
          new Response(Response.CLOSED, "0x8E"),
          new Response(Response.CLOSED, "0x87"));

  static final ServerResponses MOSQUITTO =
      new ServerResponses(
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          NOT_AUTHORIZED,
          Response.both(Response.ACCEPTED),
          Response.both(Response.TLS_ALERT),
          Response.both(Response.TLS_ALERT),
          Response.both(Response.TLS_ALERT),
          Response.both(Response.ACCEPTED),
          Response.both(Response.CLOSED),
          new Response("0", "0x87"));
}
