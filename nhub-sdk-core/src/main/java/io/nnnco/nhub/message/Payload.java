package io.nnnco.nhub.message;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a device sent, before they were decoded into readings: {@code raw_payload}.
 *
 * <p>The platform writes them as hexadecimal digits, with or without a leading {@code 0x}. Any
 * other text, such as the {@code 0x1A2B3C...} of its documentation or an odd number of digits, is
 * not an error: it has no {@link #bytes()}, and {@link #text()} returns it.
 *
 * <p>Immutable. Two payloads are equal if they have the same bytes, however they were written; or,
 * without bytes, the same text.
 */
public final class Payload {
  private final String text;
  private final byte @Nullable [] bytes;

  private Payload(String text, byte @Nullable [] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /**
   * Creates a payload from its text.
   *
   * @param text hexadecimal digits of either case, with or without {@code 0x}; or any other text
   * @return the payload, without bytes if the text is not hexadecimal
   */
  public static Payload of(String text) {
    Objects.requireNonNull(text, "text");
    return new Payload(text, hex(text));
  }

  /**
   * What the platform sent.
   *
   * @return the original text, unchanged
   */
  @com.fasterxml.jackson.annotation.JsonValue
  public String text() {
    return text;
  }

  /**
   * The bytes.
   *
   * @return a new copy of the bytes, possibly empty; or an empty optional if the text is not
   *     hexadecimal
   */
  public Optional<byte[]> bytes() {
    return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
  }

  private static byte @Nullable [] hex(String text) {
    int start = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
    int digits = text.length() - start;
    if ((digits & 1) != 0) {
      return null;
    }
    byte[] bytes = new byte[digits / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = digit(text.charAt(start + 2 * i));
      int low = digit(text.charAt(start + 2 * i + 1));
      if ((high | low) < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  /** Character.digit would accept the digits of every script. */
  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && (bytes == null
            ? that.bytes == null && text.equals(that.text)
            : Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return bytes == null ? text.hashCode() : Arrays.hashCode(bytes);
  }

  /** The original text. */
  @Override
  public String toString() {
    return text;
  }
}
