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

  /** The attempt failed, or the connection is gone; no failure after a disconnect by the SDK. */
  record Closed(int connectionId, @Nullable NHubException failure) implements ConnectionEvent {}

  /** A timer that an effect set has fired; the phase is how far the attempt has got. */
  record TimerFired(Timer timer, int connectionId, ConnectionPhase phase)
      implements ConnectionEvent {}

  /** The subscription must end: a handler failed, and the policy is to stop. */
  record GiveUp(NHubException cause) implements ConnectionEvent {}

  /** The user closes; {@code forget} says whether to end a durable session too. */
  record CloseRequested(boolean forget) implements ConnectionEvent {}

  /** The user has other credentials; the phase is how far the latest attempt has got. */
  record NewCredentials(ConnectionPhase phase) implements ConnectionEvent {}

  /** Handlers have finished, or the drain timed out. */
  record Drained() implements ConnectionEvent {}

  /** The timers; one of each at a time. */
  enum Timer {
    /** An attempt takes too long. */
    CONNECT_DEADLINE,
    /** The wait before the next attempt is over. */
    RETRY,
    /** The connection has been stable: failures are forgotten. */
    STABLE,
    /** The server did not close after a disconnect by the SDK. */
    DISCONNECT_DEADLINE
  }
}
