package io.nnnco.nhub.micrometer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import org.jspecify.annotations.Nullable;

/** One subscription of a group: what happens to it goes to the group's meters. */
final class MeasuredSubscription implements SubscriptionMetrics {
  private final GroupMeters group;
  private final GroupTimers timers;
  private final Subscription subscription;

  MeasuredSubscription(GroupMeters group, GroupTimers timers, Subscription subscription) {
    this.group = group;
    this.timers = timers;
    this.subscription = subscription;
  }

  @Override
  public void decoded(DeviceMessage message, long lagMillis) {
    // Micrometer ignores a negative time, and the message would be missing in the count.
    timers.lag().record(Math.max(0, lagMillis), MILLISECONDS);
  }

  @Override
  public void called(Delivery delivery, long waited) {
    timers.queue().record(waited, NANOSECONDS);
  }

  @Override
  public void completed(HandlerOutcome outcome, int messages, long took) {
    timers.handler(outcome).record(took, NANOSECONDS);
  }

  @Override
  public void acknowledged(long took) {
    timers.acknowledgement().record(took, NANOSECONDS);
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    NHubException cause = causeOf(event);
    if (cause != null) {
      group.disconnected(cause.code());
    }
  }

  private static @Nullable NHubException causeOf(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Disconnected disconnected) {
      return disconnected.cause();
    }
    if (event instanceof SubscriptionEvent.CredentialsRefused refused) {
      return refused.cause();
    }
    return event instanceof SubscriptionEvent.Closed closed ? closed.cause() : null;
  }

  @Override
  public void ended() {
    group.end(subscription);
  }
}
