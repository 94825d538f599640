package io.nnnco.nhub.stream;

/**
 * Where a subscription is in its life.
 *
 * <pre>
 *   CONNECTING ──subscribed──▶ SUBSCRIBED
 *     ▲     │                    │
 *     │   failed, transient    lost, transient
 *     │     ▼                    │
 *     └── WAITING ◀──────────────┘
 *
 *   CONNECTING ──credentials refused──▶ REFUSED ──updateCredentials()──▶ CONNECTING
 *   any of them ──close()──▶ DRAINING ──▶ CLOSED
 *   any of them ──terminal error──▶ CLOSED
 * </pre>
 */
public enum SubscriptionState {
  /** A connection is being made: DNS, TCP, TLS, CONNECT, SUBSCRIBE. The first state. */
  CONNECTING,
  /** Connected, every filter granted: messages flow. */
  SUBSCRIBED,
  /** Not connected; the next attempt waits for its time. */
  WAITING,
  /**
   * The credentials are of no use, and others are awaited; only with {@link
   * SubscribeOptions#awaitCredentials()}, otherwise such an error ends the subscription.
   */
  REFUSED,
  /** {@code close()} was called: nothing new is read, and messages being handled are finished. */
  DRAINING,
  /** Ended, by {@code close()} or by a terminal error. The last state. */
  CLOSED
}
