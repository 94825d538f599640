package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.Tags;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.util.List;
import java.util.function.ToLongFunction;

/** A count of {@link SubscriptionStats}, and the counter that shows it. */
record Count(String name, String description, Tags tags, ToLongFunction<SubscriptionStats> value) {
  private static final String GIVEN_UP = "nhub.messages.given.up";

  /** The counts that never go down. */
  static final List<Count> ALL =
      List.of(
          of(
              "nhub.messages.received",
              "Messages read, copies included",
              SubscriptionStats::received),
          of(
              "nhub.messages.handled",
              "Messages whose handler succeeded",
              SubscriptionStats::handled),
          of(
              "nhub.messages.acknowledged",
              "Acknowledgements sent to the bridge",
              SubscriptionStats::acknowledged),
          of(
              "nhub.messages.redelivered",
              "Messages known to have been delivered before",
              SubscriptionStats::redelivered),
          of(
              "nhub.messages.undecodable",
              "Messages that could not be decoded",
              SubscriptionStats::undecodable),
          givenUp("skip", SubscriptionStats::skipped),
          givenUp("hand_over", SubscriptionStats::handedOver),
          of(
              "nhub.handler.failures",
              "Handler calls that failed, retries included",
              SubscriptionStats::failedAttempts),
          of(
              "nhub.subscription.reconnects",
              "Connections made after the first one",
              SubscriptionStats::reconnects));

  private static Count of(
      String name, String description, ToLongFunction<SubscriptionStats> value) {
    return new Count(name, description, Tags.empty(), value);
  }

  private static Count givenUp(String lastResort, ToLongFunction<SubscriptionStats> value) {
    return new Count(
        GIVEN_UP,
        "Messages given up after the last retry, or because they could not be decoded",
        Tags.of("last.resort", lastResort),
        value);
  }
}
