package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The check agrees with the JDK's strict decoder about every prefix of anything. */
class Utf8Test {
  @Test
  void validLength_everyPairOfBytesAfterEachAlignment_agreesWithTheJdk() {
    byte[] bytes = "0123456789abcdef".getBytes(UTF_8);
    for (int at = 0; at < 9; at++) {
      for (int pair = 0; pair < 1 << 16; pair += 7) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) (pair >> 8);
        changed[at + 1] = (byte) pair;
        assertEquals(byTheJdk(changed), Utf8.validLength(changed, 0, changed.length));
      }
    }
  }

  @Test
  void validLength_randomBytesOfFewValues_agreesWithTheJdk() {
    Random random = new Random(7);
    int[] values = {
      0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
      0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(7)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[random.nextInt(values.length)];
      }
      assertEquals(byTheJdk(bytes), Utf8.validLength(bytes, 0, bytes.length));
    }
  }

  @Test
  void validLength_slice_looksAtNothingElse() {
    byte[] bytes = "\u00e9\u00e9\u00e9".getBytes(UTF_8);
    assertEquals(2, Utf8.validLength(bytes, 2, 2));
    assertEquals(0, Utf8.validLength(bytes, 2, 1));
    assertEquals(0, Utf8.validLength(bytes, 1, 3));
  }

  private static int byTheJdk(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoder.decode(in, CharBuffer.allocate(bytes.length), true);
    return in.position();
  }
}
