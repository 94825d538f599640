package io.nnnco.nhub.stream.event;

/**
 * Receives the events of a subscription, for logs and metrics. Called on a thread of the SDK that
 * runs no handlers, so that it learns of stuck ones; one event at a time and in order. The SDK logs
 * what it throws, and continues.
 *
 * <p>Events wait while the listener is busy, and those of failed messages hold their payloads.
 * About 8 MiB of them wait, or one, if it is larger: beyond that, the SDK drops the oldest, logs a
 * warning, and reports the number in {@link SubscriptionEvent.EventsDropped}. It never drops {@link
 * SubscriptionEvent.SessionLost}, {@link SubscriptionEvent.CredentialsRefused}, {@link
 * SubscriptionEvent.CredentialsReplaced}, {@link SubscriptionEvent.CredentialsUnusable}, {@link
 * SubscriptionEvent.CertificateExpires}, {@link SubscriptionEvent.RenewalFailed}, {@link
 * SubscriptionEvent.FormerCertificateRevoked}, {@link SubscriptionEvent.ProtocolFallback}, {@link
 * SubscriptionEvent.TimestampUnitSuspected} and {@link SubscriptionEvent.Closed}, which are small
 * and rare. An exception in an event counts as 2 KiB, whatever it holds. A listener that never
 * returns gets no further events.
 */
@FunctionalInterface
public interface SubscriptionListener {
  /**
   * Receives one event.
   *
   * @param event what happened; more kinds may be added, so keep a default branch
   */
  void onEvent(SubscriptionEvent event);
}
