package io.nnnco.nhub.cli;

import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * How far a replay is, as one line.
 *
 * @param messages how many were replayed
 * @param share how much of the file was read, from 0 to 1
 */
record ReplayStatus(long messages, double share) implements Status {
  @Override
  public String plain() {
    return String.format(Locale.ROOT, "%,d messages, %d %%", messages, percent());
  }

  @Override
  public String fitting(int columns, Bar bar, Paint paint) {
    String text =
        String.format(
            Locale.ROOT, "%s %3d %%  %,d messages", bar.of(percent()), percent(), messages);
    return text.length() <= columns
        ? text.replace(bar.of(percent()), paint.as(Style.fg_green, bar.of(percent())))
        : String.format(Locale.ROOT, "%d %%", percent());
  }

  private int percent() {
    return (int) (share * 100);
  }
}
