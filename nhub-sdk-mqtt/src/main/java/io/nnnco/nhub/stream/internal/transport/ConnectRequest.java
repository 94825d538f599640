package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt to connect needs.
 *
 * @param host the bridge's host name
 * @param port its port
 * @param credentials what to authenticate with
 * @param clientId the MQTT client id
 * @param cleanStart whether to discard an earlier session
 * @param sessionExpiry how long the server is to keep the session after the connection
 * @param keepAlive the keep-alive, whole seconds
 * @param receiveMaximum how many QoS 1 messages the server may have in flight
 * @param topicFilters what to subscribe to
 * @param qos the QoS to ask for
 * @param protocol the MQTT version; null to leave it to the engine
 * @param proxy the proxy on the way; null if there is none
 */
public record ConnectRequest(
    String host,
    int port,
    Credentials credentials,
    String clientId,
    boolean cleanStart,
    Duration sessionExpiry,
    Duration keepAlive,
    int receiveMaximum,
    List<String> topicFilters,
    Qos qos,
    @Nullable MqttVersion protocol,
    @Nullable ProxyServer proxy) {
  /** How long the server keeps the session, according to its CONNACK. */
  public Duration sessionExpiry(ServerTerms terms) {
    Duration ofServer = terms.sessionExpiry();
    return ofServer == null ? sessionExpiry : ofServer;
  }

  /** Under which client id the server keeps the session, according to its CONNACK. */
  public String clientId(ServerTerms terms) {
    String ofServer = terms.clientId();
    return ofServer == null ? clientId : ofServer;
  }
}
