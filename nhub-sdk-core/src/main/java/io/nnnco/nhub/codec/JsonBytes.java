package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the bytes of one document, forwards and in place: white space, strings and literals as in
 * RFC 8259. The bytes must be well-formed UTF-8, so a byte below 128 is always a character.
 */
final class JsonBytes {
  static final int END = -1;

  private final byte[] bytes;
  private final int start;
  private final int limit;
  private final JsonPlace place;
  private int position;

  JsonBytes(byte[] bytes, int offset, int length, JsonPlace place) {
    this.bytes = bytes;
    this.start = offset;
    this.limit = offset + length;
    this.place = place;
    this.position = offset;
  }

  /** The current position, in bytes from the start of the document. */
  int at() {
    return position - start;
  }

  /** The byte at the current position, which starts a character, or {@link #END}. */
  int peek() {
    return position < limit ? bytes[position] & 0xFF : END;
  }

  void skip() {
    position++;
  }

  /** Skips white space and returns the byte after it, without skipping that byte. */
  int next() {
    int c = peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      position++;
      c = peek();
    }
    return c;
  }

  /** Expects this literal here; its first byte has already been checked. */
  void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw unexpected();
      }
      position++;
    }
  }

  /** The name whose opening quote is here; well-known names return the same object each time. */
  String name() {
    int from = position + 1;
    int quote = plainEnd(from);
    if (quote < limit && bytes[quote] == '"') {
      String known = FieldNames.find(bytes, from, quote);
      if (known != null) {
        position = quote + 1;
        return known;
      }
    }
    int at = at();
    String name = text();
    if (name.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw place.error("the name of a field has half a character in it", at);
    }
    return name;
  }

  /** The string whose opening quote is here. */
  String text() {
    int from = position + 1;
    int quote = plainEnd(from);
    if (quote < limit && bytes[quote] == '"') {
      position = quote + 1;
      return new String(bytes, from, quote - from, ISO_8859_1);
    }
    StringBuilder text = new StringBuilder();
    int pending = from;
    position = quote;
    for (int c = textByte(); c != '"'; c = textByte()) {
      if (c == '\\') {
        text.append(new String(bytes, pending, position - pending, UTF_8));
        position++;
        text.append(escaped());
        pending = position;
      } else {
        position++;
      }
    }
    text.append(new String(bytes, pending, position - pending, UTF_8));
    position++;
    return text.toString();
  }

  /** Where a run of ASCII without escapes ends; most strings consist of nothing else. */
  private int plainEnd(int from) {
    int i = from;
    while (i < limit && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  private int textByte() {
    int c = peek();
    if (c < ' ') { // a control character, or the end of the input
      throw unexpected();
    }
    return c;
  }

  private char escaped() {
    char c =
        switch (peek()) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '/' -> '/';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> unicode();
          default -> throw unexpected();
        };
    position++;
    return c;
  }

  /** Stops at its last digit. */
  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      position++;
      code = code << 4 | hexDigit();
    }
    return (char) code;
  }

  private int hexDigit() {
    int c = peek();
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    if (c == END || lower < 'a' || lower > 'f') {
      throw unexpected();
    }
    return lower - 'a' + 10;
  }

  /** The bytes between these positions, unchanged. */
  String since(int at) {
    return new String(bytes, start + at, position - start - at, ISO_8859_1);
  }

  /** An error: the byte here is not allowed, or the input ends. */
  MalformedMessageException unexpected() {
    return place.error(position < limit ? "it is not JSON" : "it ends too early", at());
  }
}
