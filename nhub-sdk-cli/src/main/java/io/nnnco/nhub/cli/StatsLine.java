package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * How a subscription is doing, as one line.
 *
 * @param rate messages received per second
 */
record StatsLine(SubscriptionState state, SubscriptionStats stats, double rate) implements Status {
  private static final int GAP = 2;

  /** A part of the line; those of the usual length do not move those after them. */
  private record Field(String label, String value, int usualLength, Style style) {
    String text() {
      return label + value;
    }
  }

  @Override
  public String plain() {
    return fields(percent() + " %").stream().map(Field::text).collect(Collectors.joining(", "));
  }

  /** The bar also unlabelled. */
  @Override
  public String fitting(int columns, Bar bar, Paint paint) {
    StringBuilder line = new StringBuilder();
    int end = 0;
    int next = 0;
    String window = bar.of(percent()) + String.format(Locale.ROOT, " %3d %%", percent());
    for (Field field : fields(window)) {
      String text = next + field.text().length() <= columns ? field.text() : field.value();
      if (next + text.length() <= columns) {
        line.append(" ".repeat(next - end)).append(paint.as(field.style(), text));
        end = next + text.length();
        next = Math.max(end, next + field.usualLength()) + GAP;
      }
    }
    return line.toString();
  }

  private List<Field> fields(String window) {
    List<Field> fields = new ArrayList<>();
    String unusual = unusual(state);
    if (unusual != null) {
      fields.add(new Field("", unusual, 0, Style.fg_yellow));
    }
    fields.add(new Field("", rateText(), "10,000/s".length(), Style.bold));
    fields.add(new Field("", "lag " + lagText(), "lag 100 ms".length(), Style.reset));
    fields.add(new Field("window ", window, 0, windowStyle()));
    String inFlight = String.format(Locale.ROOT, "in flight %,d", stats.inFlight());
    fields.add(new Field("", inFlight, "in flight 1,000".length(), Style.reset));
    if (stats.reconnects() > 0) {
      fields.add(new Field("", "reconnects " + stats.reconnects(), 0, Style.reset));
    }
    return fields;
  }

  private static @Nullable String unusual(SubscriptionState state) {
    return switch (state) {
      case SUBSCRIBED -> null;
      case CONNECTING -> "connecting";
      case WAITING -> "waiting to reconnect";
      case REFUSED -> "refused";
      case DRAINING -> "closing";
      case CLOSED -> "closed";
    };
  }

  private String rateText() {
    return String.format(Locale.ROOT, rate < 9.95 ? "%.1f/s" : "%,.0f/s", rate);
  }

  private String lagText() {
    Duration lag = stats.lag();
    if (lag == null) {
      return "-";
    }
    Duration size = lag.abs();
    if (size.toSeconds() >= 1 && size.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", lag.toMillis() / 1000.0);
    }
    ChronoUnit unit =
        size.toMinutes() < 1
            ? ChronoUnit.MILLIS
            : size.toHours() < 1 ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
    return DurationText.of(lag.truncatedTo(unit));
  }

  private int percent() {
    return (int) (Math.round(Math.min(1, stats.windowUsed()) * 1000) / 10);
  }

  private Style windowStyle() {
    return percent() < 50 ? Style.fg_green : percent() < 90 ? Style.fg_yellow : Style.fg_red;
  }
}
