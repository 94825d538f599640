package io.nnnco.nhub.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a recording is replayed.
 *
 * @param factor above zero; infinite for as fast as possible
 */
record Speed(double factor) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)x?");

  /** Reads {@code 10x}, {@code 0.5x}, {@code 2} or {@code max}. */
  static final class Converter implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String text) {
      if (text.equals("max")) {
        return new Speed(Double.POSITIVE_INFINITY);
      }
      Matcher matcher = TEXT.matcher(text);
      double factor = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
      if (!(factor > 0)) {
        throw new TypeConversionException("\"" + text + "\" is not a speed such as 10x, or max");
      }
      return new Speed(factor);
    }
  }
}
