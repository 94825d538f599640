package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.Secret;
import java.util.BitSet;

/**
 * Makes text that came from the wire fit for a message: no piece of the token of {@value #WINDOW}
 * or more characters, no PEM, one line, limited length.
 */
final class Redaction {
  private static final int WINDOW = 8;
  private static final String HIDDEN = "[hidden]";
  private final String token;

  Redaction(Secret token) {
    this.token = token.reveal();
  }

  String line(String text, int maxLength) {
    // Long enough that cutting cannot save a part of a longer secret from being found.
    String start = text.substring(0, Math.min(text.length(), maxLength + token.length()));
    if (start.contains("-----BEGIN") || start.contains("PRIVATE KEY")) {
      return HIDDEN;
    }
    String clean = withoutToken(start).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return clean.length() <= maxLength ? clean : clean.substring(0, maxLength) + "…";
  }

  private String withoutToken(String text) {
    BitSet secret = new BitSet(text.length());
    int window = Math.min(WINDOW, token.length());
    for (int i = 0; i + window <= text.length(); i++) {
      if (token.contains(text.substring(i, i + window))) {
        secret.set(i, i + window);
      }
    }
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int from = secret.nextSetBit(at);
      if (from < 0) {
        return clean.append(text, at, text.length()).toString();
      }
      clean.append(text, at, from).append(HIDDEN);
      at = secret.nextClearBit(from);
    }
    return clean.toString();
  }
}
