package io.nnnco.nhub.stream.event;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a subscription. More kinds may be added: keep a default branch. */
public sealed interface SubscriptionEvent {
  /**
   * When it happened, by the client's clock.
   *
   * @return the time
   */
  Instant at();

  /**
   * A connection is being made.
   *
   * @param at when
   * @param attempt 1 for the first since the last success
   */
  record Connecting(Instant at, int attempt) implements SubscriptionEvent {}

  /**
   * The bridge did not accept the version of MQTT that was tried first, and this connection speaks
   * another. If the bridge refused it in words, so do later connections of the client; if it only
   * hung up, each begins anew with the first. Only with {@link MqttEngine#DIRECT}.
   *
   * @param at when
   * @param version the version that is spoken now
   */
  record ProtocolFallback(Instant at, MqttVersion version) implements SubscriptionEvent {}

  /**
   * The bridge keeps the session on other terms than were asked for: for another time, or under
   * another client id. Reported when it is first said, and again when it changes. With a shorter
   * time, a longer outage loses messages; with another client id, the session is not found again
   * after a reconnect. Only with MQTT 5.
   *
   * @param at when
   * @param sessionExpiry how long the bridge keeps the session without a connection
   * @param clientId the client id that the bridge uses
   */
  record SessionTerms(Instant at, Duration sessionExpiry, String clientId)
      implements SubscriptionEvent {
    /** Without characters of the client id that could move, hide or end what a log shows. */
    @Override
    public String toString() {
      return "SessionTerms[at="
          + at
          + ", sessionExpiry="
          + sessionExpiry
          + ", clientId="
          + ForeignText.shown(clientId)
          + "]";
    }
  }

  /**
   * Connected, and every filter granted.
   *
   * @param at when
   * @param sessionPresent whether the bridge kept an earlier session (MQTT 5, section 3.2.2.1.1)
   */
  record Subscribed(Instant at, boolean sessionPresent) implements SubscriptionEvent {}

  /**
   * The session of a durable name still had topic filters of an earlier use, which asked for more
   * or for something else. A message that nobody asks for now gave them away, and the bridge has
   * dropped them. What it had queued by them still comes, and then no more of it. The filters of a
   * former group are not found.
   *
   * @param at when
   * @param topicFilters the filters that were dropped. MQTT 3.1.1 does not say which there were, so
   *     there they are all that may have been
   */
  record FormerFiltersDropped(Instant at, List<String> topicFilters) implements SubscriptionEvent {
    /**
     * Keeps a copy of the list.
     *
     * @param at when
     * @param topicFilters the filters that were dropped
     */
    public FormerFiltersDropped {
      topicFilters = List.copyOf(topicFilters);
    }

    /** Without characters that could move, hide or end what a log shows, and cut. */
    @Override
    public String toString() {
      return "FormerFiltersDropped[at="
          + at
          + ", topicFilters="
          + ForeignText.shown(topicFilters)
          + "]";
    }
  }

  /**
   * An attempt failed, or the connection was lost, and the next attempt is set.
   *
   * @param at when
   * @param cause why
   * @param retryIn how long the subscription waits
   */
  record Disconnected(Instant at, NHubException cause, Duration retryIn)
      implements SubscriptionEvent {}

  /**
   * The bridge did not keep the session over an outage: messages sent between the two times may be
   * lost.
   *
   * @param at when it was noticed
   * @param from up to when everything had come: when the connection last brought a byte, or when
   *     the last message was sent, by its {@code timestamp()}, if that is earlier, since younger
   *     ones may have waited at the bridge; and not before the session began, where that is known
   * @param to when it was subscribed again
   */
  record SessionLost(Instant at, Instant from, Instant to) implements SubscriptionEvent {}

  /**
   * New credentials were accepted on a second connection, which took the place of the first.
   *
   * @param at when
   */
  record CredentialsReplaced(Instant at) implements SubscriptionEvent {}

  /**
   * Credentials were refused. After {@code updateCredentials} on a connection that stands, the old
   * ones stay in use; otherwise the subscription waits for others, if {@link
   * SubscribeOptions#awaitCredentials()} says so.
   *
   * @param at when
   * @param cause why
   */
  record CredentialsRefused(Instant at, NHubException cause) implements SubscriptionEvent {}

  /**
   * Connected and subscribed, and no message for a while: a quiet fleet, or a wrong enterprise.
   * Reported once until the next message.
   *
   * @param at when
   * @param since since when nothing came
   * @param hint what to check
   */
  record Silent(Instant at, Instant since, String hint) implements SubscriptionEvent {}

  /**
   * A handler call failed and is repeated.
   *
   * @param at when
   * @param delivery the message
   * @param cause what the handler threw
   * @param attempt which call it was, from 1
   * @param retryIn how long until the next
   */
  record HandlerRetry(Instant at, Delivery delivery, Throwable cause, int attempt, Duration retryIn)
      implements SubscriptionEvent {}

  /**
   * Handlers failed for several devices in a row, with no success between: an outage of your side.
   * No message is given up, and the handler is called for one message at a time, less and less
   * often, until it succeeds.
   *
   * @param at when
   * @param cause what the last handler threw
   * @param devices for how many devices handlers failed
   */
  record HandlerOutageBegan(Instant at, Throwable cause, int devices)
      implements SubscriptionEvent {}

  /**
   * A handler succeeded, so the outage of your side is over; all messages continue, in order.
   *
   * @param at when
   * @param since when the outage began
   */
  record HandlerOutageEnded(Instant at, Instant since) implements SubscriptionEvent {}

  /**
   * A message could not be handled or decoded, and the failure policy's last resort was taken.
   *
   * @param at when
   * @param message the message and why it failed
   * @param lastResort what was done with it
   */
  record MessageFailed(Instant at, FailedMessage message, LastResort lastResort)
      implements SubscriptionEvent {}

  /**
   * A message is stamped as if its {@code timestamp_ms} were not in milliseconds: times the factor,
   * it would be within ten years of now. The message has the time as it was sent. Reported once per
   * subscription and factor.
   *
   * @param at when
   * @param deviceId the device of the first such message
   * @param timestamp its time, as it was sent
   * @param factor what to multiply the milliseconds since 1970 by: 1000 where the platform sends
   *     seconds, 0.001 for microseconds, 0.000001 for nanoseconds
   */
  record TimestampUnitSuspected(Instant at, String deviceId, Instant timestamp, double factor)
      implements SubscriptionEvent {
    /** Without characters of the device's id that could move, hide or end what a log shows. */
    @Override
    public String toString() {
      return "TimestampUnitSuspected[at="
          + at
          + ", deviceId="
          + ForeignText.shown(deviceId)
          + ", timestamp="
          + timestamp
          + ", factor="
          + factor
          + "]";
    }
  }

  /**
   * The listener did not keep up, and events that it had not heard yet were dropped, the oldest
   * first: see {@link SubscriptionListener}. Told before the event that comes next.
   *
   * @param at when the last of them was dropped that is counted here
   * @param count how many were dropped since the last that was heard
   */
  record EventsDropped(Instant at, long count) implements SubscriptionEvent {}

  /**
   * The subscription ended. The last event.
   *
   * @param at when
   * @param cause the terminal error, or null after {@code close()}
   */
  record Closed(Instant at, @Nullable NHubException cause) implements SubscriptionEvent {}
}
