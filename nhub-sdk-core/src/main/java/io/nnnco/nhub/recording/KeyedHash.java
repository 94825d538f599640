package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Texts and numbers as others of the same form, which tell nothing without the key. */
final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_BYTES = 8;

  private final SecretKeySpec key;

  KeyedHash(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  private byte[] of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM); // Not for several threads.
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** 16 hexadecimal digits. */
  String id(String text) {
    return HexFormat.of().formatHex(of(text), 0, ID_BYTES);
  }

  /** Hexadecimal digits, as many as are asked for. */
  String digits(String text, int count) {
    StringBuilder digits = new StringBuilder();
    for (int block = 0; digits.length() < count; block++) {
      digits.append(HexFormat.of().withUpperCase().formatHex(of(block + ":" + text)));
    }
    return digits.substring(0, count);
  }

  /** A number within these limits on both sides of zero, whole or with five decimals. */
  String number(String text, int limit, boolean whole) {
    long bits = ByteBuffer.wrap(of(text)).getLong();
    if (whole) {
      return Long.toString(1 + Math.floorMod(bits, limit));
    }
    double share = (bits >>> 11) * 0x1p-53;
    return String.format(Locale.ROOT, "%.5f", (2 * share - 1) * limit);
  }
}
