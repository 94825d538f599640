package io.nnnco.nhub.identity.internal;

import java.util.Objects;

/**
 * A text that should be PEM, and its origin, for error messages. Not a record, so that its {@code
 * toString} cannot show a key.
 */
public final class PemText {
  private final String source;
  private final String text;

  public PemText(String source, String text) {
    this.source = source;
    this.text = Objects.requireNonNull(text, source);
  }

  String source() {
    return source;
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return source;
  }
}
