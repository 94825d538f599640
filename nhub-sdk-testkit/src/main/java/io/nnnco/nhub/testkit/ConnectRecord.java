package io.nnnco.nhub.testkit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT that the bridge has answered. No password is kept.
 *
 * @param at when it was answered
 * @param clientId the client id; the assigned one if the client left it to the bridge
 * @param protocolLevel 4 for MQTT 3.1.1, 5 for MQTT 5; whatever the client said, if it is neither
 * @param username the user name, or null
 * @param certificateFingerprint SHA-256 of the client's certificate in lower-case hexadecimal, or
 *     null if it showed none
 * @param enterprise the enterprise it was admitted to, or null if it was refused
 * @param cleanStart whether the client asked for a new session
 * @param keepAlive the keep-alive; zero for none
 * @param sessionExpiry how long the session outlives the connection
 * @param receiveMaximum how many unacknowledged messages the client takes
 * @param reasonCode what the CONNACK said, in its own protocol level's numbers; 0 for accepted
 * @param reason the reason string, also where the protocol level cannot carry it; empty for none
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
   * Whether the client was let in.
   *
   * @return true if the CONNACK said 0
   */
  public boolean accepted() {
    return reasonCode == 0;
  }
}
