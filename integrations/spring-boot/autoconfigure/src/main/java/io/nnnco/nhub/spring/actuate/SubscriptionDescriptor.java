package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, in texts and numbers that every JSON library writes alike.
 *
 * @param enterprises codes
 * @param kinds kinds of messages; empty for all
 * @param devices device ids; empty for all
 * @param durableName the durable name, or null
 * @param state its state
 * @param health whether it works
 * @param stats its counts
 */
public record SubscriptionDescriptor(
    List<String> enterprises,
    List<String> kinds,
    Collection<String> devices,
    @Nullable String durableName,
    String state,
    HealthDescriptor health,
    StatsDescriptor stats) {

  static SubscriptionDescriptor of(Subscription subscription) {
    SubscribeOptions options = subscription.options();
    return new SubscriptionDescriptor(
        options.enterprises().stream().map(Enterprise::code).toList(),
        options.kinds().stream().map(MessageKind::name).toList(),
        options.devices(),
        options.durableName(),
        subscription.state().name(),
        HealthDescriptor.of(subscription.health()),
        StatsDescriptor.of(subscription.stats()));
  }

  /**
   * Whether a subscription works.
   *
   * @param ready whether messages flow
   * @param live whether it recovers by itself
   * @param reason why
   * @param detail the reason as a sentence
   */
  public record HealthDescriptor(boolean ready, boolean live, String reason, String detail) {
    static HealthDescriptor of(SubscriptionHealth health) {
      return new HealthDescriptor(
          health.ready(), health.live(), health.reason().name(), health.detail());
    }
  }

  /**
   * The counts of a subscription; see {@link SubscriptionStats}.
   *
   * @param received messages read
   * @param handled messages whose listener succeeded
   * @param acknowledged acknowledgements sent
   * @param redelivered messages known to have been delivered before
   * @param failedAttempts calls that threw
   * @param undecodable messages that could not be decoded
   * @param handedOver messages that the error handler took
   * @param skipped messages acknowledged without having been handled
   * @param reconnects connections made after the first one
   * @param inFlight messages read and not yet finished
   * @param windowUsed the share of the window in use, from 0 to 1
   * @param lag the time from the last message's timestamp to its arrival, in ISO 8601, such as
   *     {@code PT0.25S}; null before the first message
   * @param lastMessageAt when the last message arrived; null before the first
   * @param subscribedSince since when it has been subscribed; null if it is not
   * @param certificateExpiresAt the last moment of the client certificate, or null
   */
  public record StatsDescriptor(
      long received,
      long handled,
      long acknowledged,
      long redelivered,
      long failedAttempts,
      long undecodable,
      long handedOver,
      long skipped,
      long reconnects,
      int inFlight,
      double windowUsed,
      @Nullable String lag,
      @Nullable String lastMessageAt,
      @Nullable String subscribedSince,
      @Nullable String certificateExpiresAt) {
    static StatsDescriptor of(SubscriptionStats stats) {
      return new StatsDescriptor(
          stats.received(),
          stats.handled(),
          stats.acknowledged(),
          stats.redelivered(),
          stats.failedAttempts(),
          stats.undecodable(),
          stats.handedOver(),
          stats.skipped(),
          stats.reconnects(),
          stats.inFlight(),
          stats.windowUsed(),
          text(stats.lag()),
          text(stats.lastMessageAt()),
          text(stats.subscribedSince()),
          text(stats.certificateExpiresAt()));
    }

    private static @Nullable String text(@Nullable Object value) {
      return value == null ? null : value.toString();
    }
  }
}
