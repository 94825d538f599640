package io.nnnco.nhub.core.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a hostile peer or file writes where a name or a sentence belongs. */
public final class HostileText {
  /** The end of a line, an escape sequence, C1, a bidirectional control, line ends of Unicode. */
  public static final String CONTROLS =
      "a\r\nERROR forged line\u001b[31m\u0000\u0085\u009b2J\u202e\u2066\u2028\u2029\u061c\ud800z";

  /** More than anybody reads. */
  public static final String LONG = "x".repeat(60_000);

  private HostileText() {}

  /** Nothing in it moves, hides or ends what a log shows, and it has an end. */
  public static void assertHarmless(String where, String text) {
    assertTrue(text.codePoints().noneMatch(HostileText::isHarmful), () -> where + ": " + text);
    assertTrue(text.length() < 2_000, () -> where + " has " + text.length() + " characters");
  }

  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
