package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.Phase;
import java.time.Duration;

/** One connection that is being made, or stands. Not thread-safe. */
final class Attempt {
  private final int epoch;
  private boolean connected;
  private boolean sessionPresent;

  Attempt(int epoch) {
    this.epoch = epoch;
  }

  int epoch() {
    return epoch;
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

  /** The failure of an attempt that is given up. */
  ConnectTimeoutException tooSlow(Phase reached, Duration limit) {
    return new ConnectTimeoutException(
        reached,
        "Not connected within " + DurationText.of(limit) + ", stuck in " + reached + ".",
        null);
  }
}
