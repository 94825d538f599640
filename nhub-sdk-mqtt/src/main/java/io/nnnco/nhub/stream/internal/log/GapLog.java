package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the log says of gaps: each cause once, and sums. Not thread-safe. */
final class GapLog {
  private final Repetitions gaps = new Repetitions();
  private long missing;

  /** The line for an event; null for none. */
  @Nullable LogEntry entry(SubscriptionEvent event) {
    if (!(event instanceof SubscriptionEvent.GapClosed closed) || closed.gap().missing() == 0) {
      return null;
    }
    Gap gap = closed.gap();
    if (!gaps.isNews(gap.cause().name(), closed.at())) {
      missing += gap.missing();
      return null;
    }
    String device = ForeignText.shown(gap.deviceId());
    Instant to = gap.to() == null ? closed.at() : gap.to();
    return new LogEntry(
            LogLine.GAP,
            messages(gap.missing())
                + " of device "
                + device
                + " missing, sent between "
                + LogText.time(gap.from())
                + " and "
                + LogText.time(to)
                + ": "
                + because(gap.cause()))
        .with("nhub.device", device)
        .with("nhub.from", gap.from().toString())
        .with("nhub.to", to.toString())
        .with("nhub.missing", gap.missing())
        .with("nhub.gap_cause", gap.cause().name().toLowerCase(Locale.ROOT));
  }

  private static String messages(long count) {
    return count + (count == 1 ? " message" : " messages");
  }

  private static String because(GapCause cause) {
    return switch (cause) {
      case SESSION_LOST -> "the bridge lost the session while there was no connection";
      case CONNECTION_OUTAGE -> "the bridge did not keep them while there was no connection";
      case SHARED -> "many devices were silent; see whether a gateway or the platform was down";
      case DEVICE_SILENT -> "only this device was silent";
      case FRAMES_LOST -> "lost on the air, or on the way to the bridge";
    };
  }

  /** What was only counted; null if nothing was. */
  @Nullable LogEntry repeated(Instant now) {
    int count = gaps.untold();
    if (count == 0) {
      return null;
    }
    gaps.toldAll(now);
    LogEntry entry =
        new LogEntry(
                LogLine.GAPS_REPEATED,
                messages(missing) + " missing in " + LogText.times(count, "more gap"))
            .with("nhub.count", count)
            .with("nhub.missing", missing);
    missing = 0;
    return entry;
  }

  /** Whether something waits to be told by {@link #repeated}. */
  boolean isOwing() {
    return gaps.untold() > 0;
  }
}
