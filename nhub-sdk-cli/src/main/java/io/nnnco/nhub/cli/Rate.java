package io.nnnco.nhub.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many per second.
 *
 * @param perSecond above zero
 */
record Rate(double perSecond) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)(?:/s)?");

  /** Reads {@code 5/s}, {@code 0.5/s} or just {@code 5}. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      double rate = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
      if (!(rate > 0 && rate <= 100_000)) {
        throw new TypeConversionException("\"" + text + "\" is not a rate such as 5/s");
      }
      return new Rate(rate);
    }
  }
}
