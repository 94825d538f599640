package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the log says of the session and of what it receives. */
final class SessionLog {
  private SessionLog() {}

  /** The line for an event; null for none. */
  static @Nullable LogEntry entry(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.SessionLost lost) {
      Duration gap = Duration.between(lost.from(), lost.to());
      return new LogEntry(
              LogLine.SESSION_LOST,
              "the bridge did not keep the session: messages sent from "
                  + LogText.time(lost.from())
                  + " to "
                  + LogText.time(lost.to())
                  + " ("
                  + LogText.duration(gap)
                  + ") may be lost")
          .with("nhub.from", lost.from().toString())
          .with("nhub.to", lost.to().toString());
    } else if (event instanceof SubscriptionEvent.SessionTerms terms) {
      String id = ForeignText.shown(terms.clientId());
      return new LogEntry(
              LogLine.SESSION_TERMS,
              "the bridge keeps the session for "
                  + LogText.duration(terms.sessionExpiry())
                  + " without a connection, under the client id "
                  + id
                  + ", which is not what was requested")
          .with("nhub.session_expiry_ms", terms.sessionExpiry())
          .with("nhub.client_id", id);
    } else if (event instanceof SubscriptionEvent.ProtocolFallback fallback) {
      return new LogEntry(
              LogLine.PROTOCOL_FALLBACK,
              "the bridge does not accept MQTT 5; this connection speaks "
                  + LogText.version(fallback.version()))
          .with("nhub.mqtt", LogText.version(fallback.version()));
    } else if (event instanceof SubscriptionEvent.FormerFiltersDropped dropped) {
      String filters = ForeignText.shown(dropped.topicFilters());
      return new LogEntry(
              LogLine.FORMER_FILTERS_DROPPED,
              "unsubscribed from what the durable name received before: " + filters)
          .with("nhub.topic_filters", filters);
    } else if (event instanceof SubscriptionEvent.Silent silent) {
      return new LogEntry(
              LogLine.SILENT, "silent since " + LogText.time(silent.since()) + ". " + silent.hint())
          .with("nhub.since", silent.since().toString());
    }
    return null;
  }
}
