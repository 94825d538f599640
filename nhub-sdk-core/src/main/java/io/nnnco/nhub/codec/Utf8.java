package io.nnnco.nhub.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 as in RFC 3629, without overlong forms and encoded surrogates; {@link
 * JsonBytes} relies on that.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ANY_HIGH_BIT = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Whether a document starts like JSON in another encoding, or with UTF-8's byte order mark. */
  static boolean startsOtherwise(byte[] bytes, int offset, int length) {
    return length >= 2
        && (bytes[offset] == 0
            || bytes[offset + 1] == 0
            || ((bytes[offset] & 0xFF) == 0xEF && (bytes[offset + 1] & 0xFF) == 0xBB)
            || ((bytes[offset] & 0xFF) >= 0xFE && (bytes[offset + 1] & 0xFF) >= 0xFE));
  }

  /** How many bytes of the slice, from its start, are well-formed UTF-8. */
  static int validLength(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (at + Long.BYTES <= end && ((long) LONGS.get(bytes, at) & ANY_HIGH_BIT) == 0) {
        at += Long.BYTES;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int size = sequence(bytes, at, end);
        if (size == 0) {
          return at - offset;
        }
        at += size;
      }
    }
    return length;
  }

  /** The length of the multi-byte sequence that starts here, or 0 if it is not well formed. */
  private static int sequence(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + size > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
