package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;

/** One connection, attempted or established. Not thread-safe. */
final class Attempt {
  private final int connectionId;
  private boolean connected;
  private boolean sessionPresent;

  Attempt(int connectionId) {
    this.connectionId = connectionId;
  }

  int connectionId() {
    return connectionId;
  }

  boolean connected() {
    return connected;
  }

  boolean sessionPresent() {
    return sessionPresent;
  }

  /** CONNACK accepts. */
  void accepted(boolean present) {
    connected = true;
    sessionPresent = present;
  }

  void ended() {
    connected = false;
  }

  /** The failure of an attempt that exceeded its deadline. */
  ConnectionException tooSlow(ConnectionPhase reached, Duration limit) {
    return new ConnectionException(
        StreamErrorCode.CONNECT_TIMEOUT,
        reached,
        "Not connected within " + DurationText.of(limit) + ", stuck in " + reached + ".",
        null);
  }
}
