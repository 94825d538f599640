package io.nnnco.nhub.cli;

import java.util.function.Supplier;

/** What the SDK says of an argument, as the mistake of whoever typed it. */
final class Mistakes {
  private Mistakes() {}

  static <T> T told(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistake(e.getMessage() + "");
    }
  }
}
