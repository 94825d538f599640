package io.nnnco.nhub.stream.metrics;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;

/**
 * Measures the messages of one subscription, for a metrics library. What can be read at any time,
 * such as counts and the messages in flight, is in {@link Subscription#stats()}; here is what must
 * be measured as it happens.
 *
 * <p>The SDK calls these methods on its own threads, several at a time, up to hundreds of thousands
 * of times a second, and some of them with locks held. So an implementation must be thread-safe,
 * must return at once, and must not call the SDK, except for the getters of its arguments. To be
 * called costs no allocation. What a method throws is logged once, and has no other effect.
 *
 * <p>Times are durations in nanoseconds, of the JVM's monotonic clock, unless they say otherwise.
 *
 * @see io.nnnco.nhub.NHubClient#measure
 */
public interface SubscriptionMetrics {
  /**
   * A message was read.
   *
   * @param delivery how it arrived
   * @param bytes the size of its payload
   */
  default void received(Delivery delivery, int bytes) {}

  /**
   * A message was decoded, on the thread that calls its handler.
   *
   * @param message the message
   * @param lagMillis the time from its {@code timestamp_ms} to its arrival, in milliseconds;
   *     negative if the clock of the sender is ahead
   */
  default void decoded(DeviceMessage message, long lagMillis) {}

  /**
   * The first handler call for a message begins. In a batch, called for each message.
   *
   * @param delivery how the message arrived
   * @param waited the time since it was read
   */
  default void called(Delivery delivery, long waited) {}

  /**
   * A handler call ended: when the handler returned, when its stage completed, or at its deadline.
   *
   * @param outcome how it ended
   * @param messages for how many messages the handler was called: 1 without batches
   * @param took the time since the call began
   */
  default void completed(HandlerOutcome outcome, int messages, long took) {}

  /**
   * The acknowledgement of a message was sent: handed over to the connection. Called for QoS 1
   * only.
   *
   * @param took the time since the message was read; with the message's first arrival, if it came
   *     again on a later connection
   */
  default void acknowledged(long took) {}

  /**
   * Something happened to the subscription. Called before its listener is told, and never left out.
   * Two events that happen on different threads at the same moment may come in another order than
   * the listener's, and a handler may fail after {@link SubscriptionEvent.Closed}.
   *
   * @param event what happened
   */
  default void onEvent(SubscriptionEvent event) {}

  /**
   * The subscription has left {@link io.nnnco.nhub.NHubClient#subscriptions()}: it has ended, and
   * if an error has ended it, it was closed or replaced since. Not called after the binding was
   * closed. A thread that is at work on a message at this moment may still make a call; no others
   * follow.
   */
  default void ended() {}
}
