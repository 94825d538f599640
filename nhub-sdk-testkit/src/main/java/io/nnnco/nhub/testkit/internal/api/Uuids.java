package io.nnnco.nhub.testkit.internal.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** UUIDs as Python reads them: in upper case, without hyphens, in braces, as a URN. */
final class Uuids {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{32}");

  private Uuids() {}

  /** In the form in which the platform writes it; empty if it is none. */
  static Optional<String> normal(String text) {
    String digits =
        text.toLowerCase(Locale.ROOT)
            .replace("urn:", "")
            .replace("uuid:", "")
            .replaceAll("^[{}]+|[{}]+$", "")
            .replace("-", "");
    return DIGITS.matcher(digits).matches()
        ? Optional.of(digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"))
        : Optional.empty();
  }
}
