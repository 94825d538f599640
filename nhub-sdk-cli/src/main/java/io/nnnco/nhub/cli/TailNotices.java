package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens to the connection, as lines for a person. */
final class TailNotices implements SubscriptionListener {
  private final Consumer<String> lines;
  private final FirstAttempt attempt = new FirstAttempt();

  TailNotices(Consumer<String> lines) {
    this.lines = lines;
  }

  void awaitConnected() throws InterruptedException {
    attempt.await();
  }

  boolean wasConnected() {
    return attempt.hasSucceeded();
  }

  /** Does not report a first attempt that failed: the command ends with that error. */
  @Override
  public void onEvent(SubscriptionEvent event) {
    String notice = attempt.hasFailed() ? null : notice(event);
    if (notice != null) {
      lines.accept("nhub: " + PlainText.oneLine(notice));
    }
    attempt.onEvent(event); // after the notice, so that no message is printed before it
  }

  private @Nullable String notice(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Subscribed subscribed) {
      return wasConnected()
          ? "reconnected."
          : subscribed.sessionPresent()
              ? "connected; the bridge has kept the session. Ctrl-C ends."
              : "connected. Ctrl-C ends.";
    }
    if (event instanceof SubscriptionEvent.Disconnected down && wasConnected()) {
      return ErrorLine.textOf(down.cause()) + " Next attempt in " + text(down.retryIn()) + ".";
    }
    if (event instanceof SubscriptionEvent.SessionLost lost) {
      return "messages sent from " + lost.from() + " to " + lost.to() + " may be lost.";
    }
    if (event instanceof SubscriptionEvent.FormerFiltersDropped) {
      return "this name was subscribed to more before; messages already queued for that still arrive.";
    }
    if (event instanceof SubscriptionEvent.TimestampUnitSuspected suspected) {
      return "device "
          + suspected.deviceId()
          + " does not seem to send milliseconds: its time "
          + suspected.timestamp()
          + " would be near the present if multiplied by "
          + suspected.factor()
          + ".";
    }
    if (event instanceof SubscriptionEvent.EventsDropped gap) {
      return gap.count()
          + " notices are missing here: they arrived faster than they could be printed.";
    }
    if (event instanceof SubscriptionEvent.Silent silent) {
      return "no message since " + silent.since() + ". " + silent.hint();
    }
    if (event instanceof SubscriptionEvent.MessageFailed failed) {
      Throwable cause = failed.message().cause();
      boolean kept = failed.lastResort() instanceof LastResort.HandOver;
      return (kept ? "recorded what cannot be decoded, on " : "skipped a message on ")
          + failed.message().delivery().topic()
          + ": "
          + (cause instanceof NHubException nhub ? ErrorLine.textOf(nhub) : cause.toString());
    }
    return null;
  }

  private static String text(Duration wait) {
    return DurationText.of(wait.toSeconds() < 1 ? wait : wait.truncatedTo(ChronoUnit.SECONDS));
  }
}
