package io.nnnco.nhub.stream.event;

/**
 * Hears what happens to a subscription, for logs and metrics. Called on a thread of the SDK that
 * runs no handlers, so that it hears of stuck ones; one event at a time and in order. What it
 * throws is logged and goes no further.
 *
 * <p>Events wait while the listener is busy, and those of failed messages hold their payloads.
 * About 8 MiB of them wait, or one, if it is larger: beyond that the oldest are dropped, with a
 * warning in the log, and {@link SubscriptionEvent.EventsDropped} says how many. Never dropped are
 * {@link SubscriptionEvent.SessionLost}, {@link SubscriptionEvent.CredentialsRefused}, {@link
 * SubscriptionEvent.CredentialsReplaced}, {@link SubscriptionEvent.ProtocolFallback}, {@link
 * SubscriptionEvent.TimestampUnitSuspected} and {@link SubscriptionEvent.Closed}, which are small
 * and rare. An exception in an event counts as 2 KiB, whatever it holds. A listener that never
 * returns hears nothing more.
 */
@FunctionalInterface
public interface SubscriptionListener {
  /**
   * Hears one event.
   *
   * @param event what happened; more kinds may come, so keep a default branch
   */
  void onEvent(SubscriptionEvent event);
}
