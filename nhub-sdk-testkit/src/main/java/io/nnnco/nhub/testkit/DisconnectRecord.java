package io.nnnco.nhub.testkit;

import java.time.Instant;

/**
 * The end of a connection that had been accepted.
 *
 * @param at when
 * @param clientId whose
 * @param cause why
 * @param reasonCode the code of the DISCONNECT, by whichever side sent it; 0 if there was none
 */
public record DisconnectRecord(Instant at, String clientId, Cause cause, int reasonCode) {
  /** Who ended it, and how. */
  public enum Cause {
    /** The client sent a DISCONNECT. */
    CLIENT_DISCONNECT,
    /** The client closed the connection without one, or it broke. */
    CONNECTION_LOST,
    /** Nothing came for one and a half times the keep-alive (rule M10). */
    KEEP_ALIVE,
    /** Another connection has come with the same client id (rule M16). */
    TAKEN_OVER,
    /** The client broke a rule of MQTT, or a rule of the bridge. */
    PROTOCOL_ERROR,
    /** The fake was asked to end it, by a fault or by its own close. */
    BRIDGE
  }
}
