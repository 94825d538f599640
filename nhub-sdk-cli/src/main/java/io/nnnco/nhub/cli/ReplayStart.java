package io.nnnco.nhub.cli;

import io.nnnco.nhub.recording.Recording;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where in a recording a replay begins.
 *
 * @param selected the rest of a recording from there
 */
record ReplayStart(UnaryOperator<Recording> selected) {
  /** Reads {@code 2026-03-17T02:03:04Z}, or a time since the first message such as {@code 90s}. */
  static final class Converter implements ITypeConverter<ReplayStart> {
    @Override
    public ReplayStart convert(String text) {
      try {
        Instant time = Instant.parse(text);
        return new ReplayStart(recording -> recording.from(time));
      } catch (DateTimeException e) {
        return new ReplayStart(offset(text));
      }
    }

    private static UnaryOperator<Recording> offset(String text) {
      try {
        Duration offset = new DurationConverter().convert(text);
        return recording -> recording.from(offset);
      } catch (TypeConversionException e) {
        throw new TypeConversionException(
            "\""
                + text
                + "\" is not a time such as 2026-03-17T02:03:04Z, or 90s for 90 seconds in");
      }
    }
  }
}
