package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import io.nnnco.nhub.stream.gap.GapStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is missing, as lines for a person, or as JSON between the messages. */
final class GapNotices implements SubscriptionListener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final Display display;
  private final boolean json;

  GapNotices(Display display, boolean json) {
    this.display = display;
    this.json = json;
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.GapOpened opened) {
      tell("opened", event.at(), opened.gap(), opened(opened.gap()));
    } else if (event instanceof SubscriptionEvent.GapClosed closed) {
      tell("closed", event.at(), closed.gap(), closed(closed.gap()));
    } else if (event instanceof SubscriptionEvent.GapCorrected corrected) {
      tell("corrected", event.at(), corrected.gap(), corrected(corrected.gap()));
    }
  }

  private void tell(String what, Instant at, Gap gap, String text) {
    if (json) {
      display.message(json(what, at, gap));
    } else {
      display.notice("nhub: " + PlainText.oneLine(gap.deviceId() + text));
    }
  }

  private static String opened(Gap gap) {
    return " is silent: nothing since "
        + time(gap.from())
        + ", though it sends every "
        + text(gap.cadence())
        + "; "
        + missing(gap)
        + " so far"
        + because(gap)
        + ".";
  }

  private static String closed(Gap gap) {
    return gap.missing() == 0
        ? " sends again, and nothing is missing: its messages since "
            + time(gap.from())
            + " came late."
        : ": " + missing(gap) + " " + between(gap) + because(gap) + ".";
  }

  private static String corrected(Gap gap) {
    return gap.missing() == 0
        ? ": after all, nothing is missing " + between(gap) + "."
        : ": after all, only " + missing(gap) + " " + between(gap) + because(gap) + ".";
  }

  private static String missing(Gap gap) {
    return String.format(
        Locale.ROOT,
        gap.missing() == 1 ? "%,d message missing" : "%,d messages missing",
        gap.missing());
  }

  private static String between(Gap gap) {
    Instant to = gap.to();
    return "between " + time(gap.from()) + " and " + (to == null ? "now" : time(to));
  }

  private static String because(Gap gap) {
    return switch (gap.cause()) {
      case SESSION_LOST -> " (no connection here, and the bridge lost the session)";
      case CONNECTION_OUTAGE -> " (no connection here, and the bridge did not keep them)";
      case SHARED -> " (many devices are missing then: a gateway, the network or the platform)";
      case DEVICE_SILENT -> " (only this device)";
      case FRAMES_LOST -> " (lost on the air, or on the way to the bridge)";
    };
  }

  private static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }

  private static String text(Duration cadence) {
    return DurationText.of(
        cadence.toSeconds() < 1
            ? cadence
            : cadence.toHours() < 1
                ? cadence.truncatedTo(ChronoUnit.SECONDS)
                : cadence.truncatedTo(ChronoUnit.MINUTES));
  }

  private static String json(String what, Instant at, Gap gap) {
    try {
      return new JsonLine()
          .with("gap", what)
          .with("at", at)
          .with("device_id", gap.deviceId())
          .with("from", gap.from())
          .with("to", gap.to())
          .with("missing", gap.missing())
          .with("cadence_ms", gap.cadence().toMillis())
          .with("cause", name(gap.cause()))
          .end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(GapCause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  /** The books in the end. */
  void summary(@Nullable GapStats stats) {
    if (stats == null) {
      return;
    }
    StringBuilder line = new StringBuilder("nhub: ");
    line.append(
        String.format(
            Locale.ROOT,
            "%,d %s, %,d with a known cadence; %,d missing",
            stats.devices(),
            stats.devices() == 1 ? "device" : "devices",
            stats.regular(),
            stats.missingInAll()));
    String separator = ": ";
    for (var cause : stats.missing().entrySet()) {
      if (cause.getValue() > 0) {
        line.append(separator)
            .append(String.format(Locale.ROOT, "%,d ", cause.getValue()))
            .append(name(cause.getKey()).replace('_', ' '));
        separator = ", ";
      }
    }
    line.append(
        String.format(
            Locale.ROOT,
            "; %,d late, %,d duplicates, %,d silent now",
            stats.late(),
            stats.duplicates(),
            stats.silent()));
    display.notice(line.toString());
  }
}
