package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log says of handlers and of messages that fail. Not thread-safe. */
final class HandlerLog {
  private final Repetitions retries = new Repetitions();
  private final Repetitions handOvers = new Repetitions();
  private @Nullable Throwable latestCause;
  private String latestDevice = "";
  private boolean inOutage;

  /** The line for an event; null for none. */
  @Nullable LogEntry entry(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.HandlerRetry retry) {
      return retry(retry);
    } else if (event instanceof SubscriptionEvent.HandlerOutageBegan began) {
      return outageBegan(began);
    } else if (event instanceof SubscriptionEvent.HandlerOutageEnded ended) {
      return outageEnded(ended);
    } else if (event instanceof SubscriptionEvent.MessageFailed failed) {
      return failed(failed);
    } else if (event instanceof SubscriptionEvent.TimestampUnitSuspected suspected) {
      return suspected(suspected);
    }
    return null;
  }

  private @Nullable LogEntry retry(SubscriptionEvent.HandlerRetry retry) {
    latestCause = retry.cause();
    latestDevice = ForeignText.shown(retry.delivery().deviceId());
    if (inOutage) {
      retries.count();
      return null;
    }
    if (!retries.isNews(retry.cause().getClass().getName(), retry.at())) {
      return null;
    }
    return because(
            new LogEntry(
                LogLine.HANDLER_FAILED,
                "the handler failed for a message of device "
                    + latestDevice
                    + " (call "
                    + retry.attempt()
                    + "): "
                    + LogText.cause(retry.cause())
                    + "; the SDK retries "
                    + LogText.after(retry.retryIn())),
            latestDevice,
            retry.cause())
        .with("nhub.attempt", retry.attempt())
        .with("nhub.retry_ms", retry.retryIn())
        .causedBy(retry.cause());
  }

  private LogEntry outageBegan(SubscriptionEvent.HandlerOutageBegan began) {
    inOutage = true;
    return new LogEntry(
            LogLine.HANDLER_OUTAGE_BEGAN,
            "handlers failed for "
                + began.devices()
                + " devices in a row: the SDK assumes an outage, gives nothing up, and tries one"
                + " message at a time until one succeeds: "
                + LogText.cause(began.cause()))
        .with("nhub.devices", began.devices())
        .with("nhub.cause", began.cause().getClass().getName())
        .causedBy(began.cause());
  }

  private LogEntry outageEnded(SubscriptionEvent.HandlerOutageEnded ended) {
    inOutage = false;
    retries.toldAll(ended.at());
    Duration outage = Duration.between(ended.since(), ended.at());
    return new LogEntry(
            LogLine.HANDLER_OUTAGE_ENDED,
            "handlers work again after "
                + LogText.duration(outage)
                + "; the messages that waited continue, in order")
        .with("nhub.since", ended.since().toString())
        .with("nhub.outage_ms", outage);
  }

  private @Nullable LogEntry failed(SubscriptionEvent.MessageFailed failed) {
    FailedMessage message = failed.message();
    String device = ForeignText.shown(message.delivery().deviceId());
    String what =
        "a message of device "
            + device
            + (message.attempts() == 0
                ? " cannot be decoded"
                : " failed " + LogText.times(message.attempts(), "time"));
    if (failed.lastResort() instanceof LastResort.Skip) {
      return because(
              new LogEntry(
                  LogLine.MESSAGE_DISCARDED,
                  what + "; it is acknowledged and discarded: " + LogText.cause(message.cause())),
              device,
              message.cause())
          .with("nhub.attempt", message.attempts())
          .causedBy(message.cause());
    }
    if (!(failed.lastResort() instanceof LastResort.HandOver)
        || !handOvers.isNews(message.cause().getClass().getName(), failed.at())) {
      return null; // The end of the subscription says more.
    }
    return because(
            new LogEntry(
                LogLine.MESSAGE_HANDED_OVER,
                what + "; it goes to the failure handler: " + LogText.cause(message.cause())),
            device,
            message.cause())
        .with("nhub.attempt", message.attempts());
  }

  private static LogEntry suspected(SubscriptionEvent.TimestampUnitSuspected suspected) {
    String device = ForeignText.shown(suspected.deviceId());
    return new LogEntry(
            LogLine.TIMESTAMP_UNIT_SUSPECTED,
            "timestamp_ms of device "
                + device
                + " seems not to be in milliseconds: "
                + suspected.timestamp()
                + " would be near the present times "
                + suspected.factor()
                + ". The messages keep the time that was sent")
        .with("nhub.device", device)
        .with("nhub.factor", suspected.factor());
  }

  /** What was only counted. */
  List<LogEntry> repeated(Instant now) {
    List<LogEntry> entries = new ArrayList<>();
    int failures = retries.untold();
    if (failures > 0 && latestCause != null) {
      retries.toldAll(now);
      entries.add(
          because(
                  new LogEntry(
                      LogLine.HANDLER_FAILURES_REPEATED,
                      "handlers failed "
                          + LogText.times(failures, "more time")
                          + ", the last time for device "
                          + latestDevice
                          + ": "
                          + LogText.cause(latestCause)),
                  latestDevice,
                  latestCause)
              .with("nhub.count", failures));
    }
    int handedOver = handOvers.untold();
    if (handedOver > 0) {
      handOvers.toldAll(now);
      entries.add(
          new LogEntry(
                  LogLine.MESSAGES_HANDED_OVER,
                  LogText.times(handedOver, "more message") + " went to the failure handler")
              .with("nhub.count", handedOver));
    }
    return entries;
  }

  private static LogEntry because(LogEntry entry, String device, Throwable cause) {
    return entry.with("nhub.device", device).with("nhub.cause", cause.getClass().getName());
  }

  /** Whether something waits to be told by {@link #repeated}. */
  boolean isOwing() {
    return retries.untold() > 0 || handOvers.untold() > 0;
  }
}
