package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a subscription is established but receives nothing. Reports each silence once; only
 * a message ends a silence, not a reconnect. For one caller.
 */
final class SilenceWatch {
  private static final String HINT =
      "Connected and subscribed, but no message has arrived. Check the enterprise code with your"
          + " administrator, and in the portal whether its devices have sent anything.";

  private final Duration after;
  private final Consumer<SubscriptionEvent> events;
  private @Nullable Instant heard;
  private boolean told;

  SilenceWatch(Duration after, Consumer<SubscriptionEvent> events) {
    this.after = after;
    this.events = events;
  }

  /** Looks time and again, until the future is cancelled. */
  ScheduledFuture<?> begin(ScheduledExecutorService control, Runnable look) {
    long nanos = period().toNanos();
    return control.scheduleWithFixedDelay(look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** How often to look. */
  Duration period() {
    return after.dividedBy(4).compareTo(Duration.ofMillis(1)) > 0
        ? after.dividedBy(4)
        : Duration.ofMillis(1);
  }

  /**
   * Checks.
   *
   * @param subscribedSince since when the subscription is established; null if it is not
   * @param lastMessage when the last message arrived; null before the first
   */
  void look(Instant now, @Nullable Instant subscribedSince, @Nullable Instant lastMessage) {
    if (!Objects.equals(lastMessage, heard)) {
      heard = lastMessage;
      told = false;
    }
    if (subscribedSince == null || told) {
      return;
    }
    Instant since =
        lastMessage != null && lastMessage.isAfter(subscribedSince) ? lastMessage : subscribedSince;
    if (!since.plus(after).isAfter(now)) {
      told = true;
      events.accept(new SubscriptionEvent.Silent(now, since, HINT));
    }
  }
}
