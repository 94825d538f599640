package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import org.jspecify.annotations.Nullable;

/**
 * What the machine is told. Attempts are numbered by a connection id; an event of an old one is
 * ignored.
 */
public sealed interface ConnectionEvent {
  /** Begin. */
  record Start() implements ConnectionEvent {}

  /** CONNACK accepts. */
  record Connected(int connectionId, boolean sessionPresent) implements ConnectionEvent {}

  /** SUBACK grants everything. */
  record Subscribed(int connectionId) implements ConnectionEvent {}

  /** The attempt failed, or the connection is gone; no failure after a disconnect of ours. */
  record Closed(int connectionId, @Nullable NHubException failure) implements ConnectionEvent {}

  /** A timer that an effect asked for has run out; the phase is where the attempt stands. */
  record TimerFired(Timer timer, int connectionId, ConnectionPhase phase)
      implements ConnectionEvent {}

  /** Nothing can go on: a handler failed, and the policy says to stop. */
  record GiveUp(NHubException cause) implements ConnectionEvent {}

  /** The user closes; whether the server is to forget a durable session too. */
  record CloseRequested(boolean forget) implements ConnectionEvent {}

  /** The user has other credentials; the phase is where the latest attempt stands. */
  record NewCredentials(ConnectionPhase phase) implements ConnectionEvent {}

  /** Handlers have finished, or their time is up. */
  record Drained() implements ConnectionEvent {}

  /** The timers there are; one of each at a time. */
  enum Timer {
    /** An attempt takes too long. */
    CONNECT_DEADLINE,
    /** The wait before the next attempt is over. */
    RETRY,
    /** The connection has been stable: failures are forgotten. */
    STABLE,
    /** The server did not close after a disconnect of ours. */
    DISCONNECT_DEADLINE
  }
}
