package io.nnnco.nhub.stream.internal.transport.packet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT 5 CONNACK says instead of what the client requested, or of the specification's
 * default (section 3.2.2.3).
 *
 * @param keepAlive the keep-alive to use; null to leave it to the client
 * @param sessionExpiry how long the session is kept; null for what the client requested
 * @param clientId the client id that the server gives; null for the client's
 * @param maximumQos the highest QoS that is granted, 0 to 2
 * @param maximumPacketSize the largest packet that the server accepts, in bytes
 * @param wildcards whether topic filters may have wildcards
 * @param sharedSubscriptions whether shared subscriptions are supported
 */
public record ServerTerms(
    @Nullable Duration keepAlive,
    @Nullable Duration sessionExpiry,
    @Nullable String clientId,
    int maximumQos,
    long maximumPacketSize,
    boolean wildcards,
    boolean sharedSubscriptions) {
  /** The defaults; MQTT 3.1.1 sends no terms. */
  static final ServerTerms NONE = new ServerTerms(null, null, null, 2, Long.MAX_VALUE, true, true);
}
