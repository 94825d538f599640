package io.nnnco.nhub.cli;

import java.util.function.Supplier;

/** What the SDK says about an argument, as a mistake on the command line. */
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
