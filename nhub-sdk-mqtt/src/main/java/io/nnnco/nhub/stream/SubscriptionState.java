package io.nnnco.nhub.stream;

/**
 * The states of a subscription.
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
  /** The SDK is connecting: DNS, TCP, TLS, CONNECT, SUBSCRIBE. The first state. */
  CONNECTING,
  /** Connected, and every topic filter granted: messages flow. */
  SUBSCRIBED,
  /** Not connected; the SDK waits before the next attempt. */
  WAITING,
  /**
   * The credentials were refused, and the SDK waits for others; only with {@link
   * SubscribeOptions#awaitCredentials()}, otherwise such an error ends the subscription.
   */
  REFUSED,
  /**
   * {@code close()} was called: the SDK reads nothing new, and finishes messages that are being
   * handled.
   */
  DRAINING,
  /** Ended, by {@code close()} or by a terminal error. The last state. */
  CLOSED
}
