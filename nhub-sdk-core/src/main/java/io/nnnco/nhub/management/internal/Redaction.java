package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.Secret;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Makes text that came from the wire fit for a message: no piece of the token of {@value #WINDOW}
 * or more characters, nothing that looks like a PEM, one line, limited length.
 */
final class Redaction {
  private static final int WINDOW = 8;
  private static final int TOO_SHORT_TO_HIDE = 4;
  private static final String HIDDEN = "[hidden]";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]{32,}");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
  private final String token;

  Redaction(Secret token) {
    this.token = token.reveal();
  }

  /** A sentence, a header. */
  String line(String text, int maxLength) {
    String start = start(text, maxLength);
    if (start.contains("-----BEGIN") || start.contains("PRIVATE KEY")) {
      return HIDDEN;
    }
    return cut(BASE64.matcher(withoutToken(start)).replaceAll(HIDDEN), maxLength);
  }

  /** A path and query, or an id: what names a thing may be as long a run as base64, and no key. */
  String name(String text, int maxLength) {
    return cut(withoutToken(start(text, maxLength)), maxLength);
  }

  /** More than will be shown, so that a secret at the cut is still known for one. */
  private String start(String text, int maxLength) {
    return text.substring(0, Math.min(text.length(), maxLength + token.length() + 100));
  }

  private static String cut(String text, int maxLength) {
    String clean = CONTROLS.matcher(text).replaceAll(" ").strip();
    return clean.length() <= maxLength ? clean : clean.substring(0, maxLength) + "…";
  }

  private String withoutToken(String text) {
    if (token.length() < TOO_SHORT_TO_HIDE) {
      return text;
    }
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
