package io.nnnco.nhub.cli;

import java.util.regex.Pattern;

/**
 * Text from outside, for a terminal: a device, a server or a file must not write lines of its own,
 * move the cursor or change colours.
 */
final class PlainText {
  /** Control and format characters, and unpaired surrogates, of all of Unicode. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");

  private PlainText() {}

  /** Each unprintable character as a question mark. */
  static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** The same, with line breaks as spaces. */
  static String oneLine(String text) {
    return of(BREAK.matcher(text.strip()).replaceAll(" "));
  }
}
