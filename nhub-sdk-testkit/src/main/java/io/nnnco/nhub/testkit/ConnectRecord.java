package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT, and the bridge's response to it. No password is kept.
 *
 * @param at when the response was sent
 * @param clientId the client id; the assigned one if the client sent none
 * @param protocolLevel 4 for MQTT 3.1.1, 5 for MQTT 5; any other value as the client sent it
 * @param username the user name, or null
 * @param certificateFingerprint SHA-256 of the client's certificate in lower-case hexadecimal, or
 *     null if it presented none
 * @param enterprise the enterprise to which the client was admitted, or null if it was refused
 * @param cleanStart whether the client requested a new session
 * @param keepAlive the keep-alive; zero if it is off
 * @param sessionExpiry how long the session outlives the connection
 * @param receiveMaximum how many unacknowledged messages the client accepts
 * @param reasonCode the CONNACK's code, in the numbers of its protocol level; 0 if accepted
 * @param reason the reason string, even if the protocol level cannot carry it; empty for none
 * @param sessionPresent whether the bridge had a session of this client and continues it
 */
public record ConnectRecord(
    Instant at,
    String clientId,
    int protocolLevel,
    @Nullable String username,
    @Nullable String certificateFingerprint,
    @Nullable String enterprise,
    boolean cleanStart,
    Duration keepAlive,
    Duration sessionExpiry,
    int receiveMaximum,
    int reasonCode,
    String reason,
    boolean sessionPresent) {
  /**
   * Whether the client was accepted.
   *
   * @return true if the CONNACK's code is 0
   */
  public boolean accepted() {
    return reasonCode == 0;
  }
}
