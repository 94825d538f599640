package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * The end of a connection that had been accepted.
 *
 * @param at when
 * @param clientId the client
 * @param cause the reason
 * @param reasonCode the code of the DISCONNECT, whichever side sent it; 0 if there was none
 */
public record DisconnectRecord(Instant at, String clientId, Cause cause, int reasonCode) {
  /** Who ended it, and how. */
  public enum Cause {
    /** The client sent a DISCONNECT. */
    CLIENT_DISCONNECT,
    /** The client closed the connection without one, or it broke. */
    CONNECTION_LOST,
    /** The client was silent for one and a half times the keep-alive. */
    KEEP_ALIVE,
    /** Another connection took over with the same client id. */
    TAKEN_OVER,
    /** The client broke a rule of MQTT or of the bridge. */
    PROTOCOL_ERROR,
    /** The fake ended it, because of a fault or its own close. */
    BRIDGE
  }
}
