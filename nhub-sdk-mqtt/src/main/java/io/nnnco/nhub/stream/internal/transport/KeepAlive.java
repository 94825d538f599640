package io.nnnco.nhub.stream.internal.transport;

import java.time.Duration;

/**
 * Decides when to ping and when a connection is dead (MQTT 5, section 3.1.2.10). Not thread-safe:
 * one caller, who asks every quarter of the keep-alive. All times are {@link System#nanoTime()}.
 *
 * <p>Silence alone does not mean that it is dead, because quiet devices are silent: only a ping
 * without a response does, and only while the socket is being read.
 */
public final class KeepAlive {
  private final long interval;
  private boolean pinged;
  private long pingedAt;

  /** What to do now. */
  public enum Action {
    /** Nothing. */
    NONE,
    /** Send a PINGREQ. */
    PING,
    /** Give up the connection. */
    GIVE_UP
  }

  /** For the keep-alive agreed with the server. */
  public KeepAlive(Duration interval) {
    this.interval = interval.toNanos();
  }

  /** How often to call {@link #check}. */
  public Duration period() {
    return Duration.ofNanos(interval / 4);
  }

  /**
   * Returns what to do now.
   *
   * @param now the time
   * @param lastRead when bytes last arrived
   * @param lastWritten when bytes were last sent
   * @param reading whether the socket is being read
   */
  public Action check(long now, long lastRead, long lastWritten, boolean reading) {
    if (pinged && (lastRead - pingedAt >= 0 || !reading)) {
      pinged = false;
    }
    if (pinged) {
      return now - pingedAt >= interval / 2 ? Action.GIVE_UP : Action.NONE;
    }
    long rest = interval / 2;
    if (now - lastWritten >= rest || (reading && now - lastRead >= rest)) {
      pinged = reading;
      pingedAt = now;
      return Action.PING;
    }
    return Action.NONE;
  }
}
