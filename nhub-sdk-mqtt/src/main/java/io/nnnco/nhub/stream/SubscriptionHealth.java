package io.nnnco.nhub.stream;

/**
 * Whether a subscription works, for the health checks of an application.
 *
 * @param ready whether messages flow, or would if there were any: for a readiness check
 * @param live whether it recovers by itself; false means that only a restart, or the application,
 *     can help: for a liveness check
 * @param reason why
 * @param detail the reason as a sentence for a person
 */
public record SubscriptionHealth(boolean ready, boolean live, Reason reason, String detail) {
  /** Why a subscription is as healthy as it is. */
  public enum Reason {
    /** Subscribed, and messages arrive. */
    RECEIVING(true, true),
    /** Subscribed, and the bridge responds to pings, but no message has arrived for a while. */
    QUIET(true, true),
    /** Reading is paused by the application. */
    PAUSED(false, true),
    /**
     * The window is full, and no message was finished for a minute: a handler does not return, or
     * no worker is free.
     */
    STALLED(false, false),
    /**
     * The window is full, and no message was finished for a minute, because handlers failed and
     * wait for a retry, as in a database outage, which a restart would not end.
     */
    RETRYING(false, true),
    /**
     * Handlers fail whatever the message, as when a database is down: an outage of your side. One
     * message at a time is tried, nothing is given up, and the first success ends it. A restart
     * would not help.
     */
    HANDLER_OUTAGE(false, true),
    /** The SDK is connecting. */
    CONNECTING(false, true),
    /** The last attempt failed, and the SDK waits before the next. */
    DISCONNECTED(false, true),
    /** The credentials were refused, and the SDK waits for others. */
    REFUSED(false, true),
    /** It is being closed. */
    CLOSING(false, true),
    /** It was closed. */
    CLOSED(false, true),
    /** A terminal error ended it. */
    FAILED(false, false);

    private final boolean ready;
    private final boolean live;

    Reason(boolean ready, boolean live) {
      this.ready = ready;
      this.live = live;
    }
  }

  /**
   * The health for a reason.
   *
   * @param reason why
   * @param detail the reason as a sentence for a person
   * @return the health
   */
  public static SubscriptionHealth of(Reason reason, String detail) {
    return new SubscriptionHealth(reason.ready, reason.live, reason, detail);
  }
}
