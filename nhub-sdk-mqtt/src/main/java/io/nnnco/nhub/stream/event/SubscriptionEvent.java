package io.nnnco.nhub.stream.event;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapOptions;
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
   * The SDK is connecting.
   *
   * @param at when
   * @param attempt the number of the attempt, 1 for the first since the last success
   */
  record Connecting(Instant at, int attempt) implements SubscriptionEvent {}

  /**
   * The bridge did not accept the version of MQTT that the SDK tried first, so this connection
   * speaks another. If the bridge refused it with a CONNACK, later connections of the client speak
   * the other version too; if it only closed the connection, each starts with the first version
   * again. Only with {@link MqttEngine#DIRECT}.
   *
   * @param at when
   * @param version the version in use
   */
  record ProtocolFallback(Instant at, MqttVersion version) implements SubscriptionEvent {}

  /**
   * The bridge keeps the session on other terms than requested: with another session expiry, or
   * under another client id. Reported the first time, and again when the terms change. With a
   * shorter session expiry, a longer outage loses messages; with another client id, a reconnect
   * does not find the session. Only with MQTT 5.
   *
   * @param at when
   * @param sessionExpiry how long the bridge keeps the session without a connection
   * @param clientId the client id that the bridge uses
   */
  record SessionTerms(Instant at, Duration sessionExpiry, String clientId)
      implements SubscriptionEvent {
    /** Without characters of the client id that could falsify a log. */
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
   * Connected, and every topic filter granted.
   *
   * @param at when
   * @param sessionPresent whether the bridge kept an earlier session (MQTT 5, section 3.2.2.1.1)
   */
  record Subscribed(Instant at, boolean sessionPresent) implements SubscriptionEvent {}

  /**
   * The session of a durable name still had topic filters from an earlier use, which this
   * subscription does not have. A message revealed them, and the SDK has unsubscribed from them.
   * Messages that the bridge had already queued for them still arrive. The filters of a former
   * shared group are not detected.
   *
   * @param at when
   * @param topicFilters the filters that were removed; with MQTT 3.1.1, which does not say which
   *     there were, all that may have been there
   */
  record FormerFiltersDropped(Instant at, List<String> topicFilters) implements SubscriptionEvent {
    /**
     * Keeps a copy of the list.
     *
     * @param at when
     * @param topicFilters the filters that were removed
     */
    public FormerFiltersDropped {
      topicFilters = List.copyOf(topicFilters);
    }

    /** Without characters that could falsify a log, and shortened. */
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
   * An attempt failed, or the connection was lost, and the SDK will reconnect.
   *
   * @param at when
   * @param cause why
   * @param retryIn how long the SDK waits before it reconnects
   */
  record Disconnected(Instant at, NHubException cause, Duration retryIn)
      implements SubscriptionEvent {}

  /**
   * The bridge did not keep the session during an outage: messages sent between the two times may
   * be lost.
   *
   * @param at when it was noticed
   * @param from the time up to which everything has arrived: when the connection last received a
   *     byte, or when the last message was sent, by its {@code timestamp()}, if that is earlier,
   *     because newer ones may have waited at the bridge; not before the session began, if that is
   *     known
   * @param to when it was subscribed again
   */
  record SessionLost(Instant at, Instant from, Instant to) implements SubscriptionEvent {}

  /**
   * New credentials were accepted on a second connection, which replaced the first.
   *
   * @param at when
   */
  record CredentialsReplaced(Instant at) implements SubscriptionEvent {}

  /**
   * Credentials were refused. After {@code updateCredentials} on an established connection, the old
   * ones stay in use; otherwise the subscription waits for others, if {@link
   * SubscribeOptions#awaitCredentials()} is set.
   *
   * @param at when
   * @param cause why
   */
  record CredentialsRefused(Instant at, NHubException cause) implements SubscriptionEvent {}

  /**
   * The source of the client's credentials has something new that cannot be used, such as a
   * certificate with another's key. The current credentials stay in use, and the new ones are used
   * as soon as they are good. Reported once per problem.
   *
   * @param at when
   * @param cause what is wrong, and what to do
   */
  record CredentialsUnusable(Instant at, NHubException cause) implements SubscriptionEvent {}

  /**
   * The certificate in use expires, and nothing has replaced it. Reported 30, 7 and 1 days before,
   * once each; of a certificate that is valid for less than 90 days, when a third of its life is
   * left. Not reported if a source renews the certificate by itself: see {@link RenewalFailed}.
   *
   * @param at when
   * @param expiresAt the certificate's last moment
   */
  record CertificateExpires(Instant at, Instant expiresAt) implements SubscriptionEvent {}

  /**
   * The source of the client's credentials renews them by itself, they are due, and an attempt
   * failed. The current ones stay in use.
   *
   * @param at when
   * @param cause what is wrong, and what to do
   * @param retryIn how long until the next attempt
   */
  record RenewalFailed(Instant at, NHubException cause, Duration retryIn)
      implements SubscriptionEvent {}

  /**
   * A certificate that the source of the client's credentials has replaced was revoked.
   *
   * @param at when
   * @param certificateId its id at the platform
   * @param toMakeRoom false if it was revoked after its successor had come into use; true if it was
   *     revoked before there was a successor, because the API key has no room for another active
   *     certificate
   */
  record FormerCertificateRevoked(Instant at, String certificateId, boolean toMakeRoom)
      implements SubscriptionEvent {
    /** Without characters of the id that could falsify a log. */
    @Override
    public String toString() {
      return "FormerCertificateRevoked[at="
          + at
          + ", certificateId="
          + ForeignText.shown(certificateId)
          + ", toMakeRoom="
          + toMakeRoom
          + "]";
    }
  }

  /**
   * Connected and subscribed, but no message for a while: the devices are quiet, or the enterprise
   * is wrong. Reported once until the next message.
   *
   * @param at when
   * @param since since when no message has arrived
   * @param hint what to check
   */
  record Silent(Instant at, Instant since, String hint) implements SubscriptionEvent {}

  /**
   * A handler call failed, and the SDK will retry it.
   *
   * @param at when
   * @param delivery the message
   * @param cause what the handler threw
   * @param attempt which call it was, from 1
   * @param retryIn how long until the retry
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
   * A message could not be handled or decoded, and the SDK took the failure policy's last resort.
   *
   * @param at when
   * @param message the message and why it failed
   * @param lastResort what the SDK did with it
   */
  record MessageFailed(Instant at, FailedMessage message, LastResort lastResort)
      implements SubscriptionEvent {}

  /**
   * The {@code timestamp_ms} of a message seems not to be in milliseconds: multiplied by the
   * factor, it would be within ten years of now. The message keeps the time as it was sent.
   * Reported once per subscription and factor.
   *
   * @param at when
   * @param deviceId the device of the first such message
   * @param timestamp its time, as it was sent
   * @param factor what to multiply the milliseconds since 1970 by: 1000 if the platform sends
   *     seconds, 0.001 for microseconds, 0.000001 for nanoseconds
   */
  record TimestampUnitSuspected(Instant at, String deviceId, Instant timestamp, double factor)
      implements SubscriptionEvent {
    /** Without characters of the device id that could falsify a log. */
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
   * A device is silent: more messages in a row are missing than {@link GapOptions#silentAfter()}
   * allows. Only with {@link SubscribeOptions#gaps()}. A {@link GapClosed} follows when the device
   * sends again.
   *
   * @param at when it was noticed
   * @param gap the gap, still without an end
   */
  record GapOpened(Instant at, Gap gap) implements SubscriptionEvent {}

  /**
   * A message of a device came after others that are missing. Only with {@link
   * SubscribeOptions#gaps()}. Without a {@link GapOpened} before it, if the gap was short.
   *
   * @param at when it was noticed
   * @param gap the gap. If none are missing, the device had been silent, and its messages came late
   */
  record GapClosed(Instant at, Gap gap) implements SubscriptionEvent {}

  /**
   * Fewer messages are missing in a gap than a {@link GapClosed} said: they came late after all, or
   * the device turned out to have another cadence, or none. Only with {@link
   * SubscribeOptions#gaps()}. Reported within seconds of the last change, and again if there is
   * another.
   *
   * @param at when it was noticed
   * @param gap the gap, with what is still missing; 0 if nothing is
   */
  record GapCorrected(Instant at, Gap gap) implements SubscriptionEvent {}

  /**
   * The listener did not keep up, and the SDK dropped waiting events, the oldest first: see {@link
   * SubscriptionListener}. Reported before the next event.
   *
   * @param at when the last of them was dropped
   * @param count how many were dropped since the last event that was reported
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
