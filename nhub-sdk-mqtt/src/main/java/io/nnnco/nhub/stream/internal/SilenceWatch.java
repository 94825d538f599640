package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a subscription stands and nothing comes. Once per silence: the next message ends it.
 * One caller.
 */
final class SilenceWatch {
  private static final String HINT =
      "Connected and subscribed, and no message. Check the enterprise code with your administrator,"
          + " and in the portal whether its devices have sent anything.";

  private final Duration after;
  private final Consumer<StreamEvent> events;
  private @Nullable Instant reported;

  SilenceWatch(Duration after, Consumer<StreamEvent> events) {
    this.after = after;
    this.events = events;
  }

  /** How often to look. */
  Duration period() {
    return after.dividedBy(4).compareTo(Duration.ofMillis(1)) > 0
        ? after.dividedBy(4)
        : Duration.ofMillis(1);
  }

  /**
   * Looks.
   *
   * @param subscribedSince since when the subscription stands, null if it does not
   * @param lastMessage when the last message came, null before the first
   */
  void look(Instant now, @Nullable Instant subscribedSince, @Nullable Instant lastMessage) {
    if (subscribedSince == null) {
      return;
    }
    Instant since =
        lastMessage != null && lastMessage.isAfter(subscribedSince) ? lastMessage : subscribedSince;
    if (!since.equals(reported) && !since.plus(after).isAfter(now)) {
      reported = since;
      events.accept(new StreamEvent.Silent(now, since, HINT));
    }
  }
}
