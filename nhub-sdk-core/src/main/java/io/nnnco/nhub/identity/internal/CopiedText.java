package io.nnnco.nhub.identity.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what can happen to a PEM text in transit: encodings, JSON escapes, a secret store's
 * base64.
 */
final class CopiedText {
  private static final String BEGIN = "-----BEGIN ";

  /** Looks at each run of backslashes once, from its start; otherwise a long one takes hours. */
  private static final Pattern ESCAPED = Pattern.compile("(?<!\\\\)\\\\++([rn/])");

  private static final Pattern BETWEEN_BASE64 = Pattern.compile("[\\s\"'\uFEFF]+");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}+={0,2}");

  private CopiedText() {}

  /** The text with its PEM blocks, if there are any, in plain form. */
  static String plain(String text) {
    String unescaped = unescaped(text);
    if (unescaped.contains(BEGIN)) {
      return unescaped;
    }
    byte[] decoded = base64(unescaped);
    return decoded == null ? unescaped : unescaped(decode(decoded));
  }

  /** What the base64 text encodes; null if it is not base64. */
  static byte @Nullable [] base64(String text) {
    String body = BETWEEN_BASE64.matcher(text).replaceAll("").replace('-', '+').replace('_', '/');
    if (!BASE64.matcher(body).matches()) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * UTF-8, or UTF-16 with a byte order mark, as PowerShell's {@code >} writes. Anything else is
   * read as one character per byte: PEM is ASCII, and if a text is not PEM, its bytes show what it
   * is.
   */
  static String decode(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return new String(bytes, UTF_16LE);
    }
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
      return new String(bytes, UTF_16BE);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, ISO_8859_1);
    }
  }

  /** A JSON string copied unchanged has \n for a line break and may have \/ for a slash. */
  private static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(m -> m.group(1).equals("/") ? "/" : "\n");
  }
}
