package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageFingerprintTest {
  private static final byte[] PAYLOAD = "{\"device_id\":\"a\",\"timestamp_ms\":1}".getBytes(UTF_8);

  @Test
  void of_theSame_isEqual() {
    assertEquals(
        MessageFingerprint.of("a/b", PAYLOAD), MessageFingerprint.of("a/b", PAYLOAD.clone()));
  }

  @Test
  void of_eachChangedBit_isAnother() {
    Set<MessageFingerprint> seen = new HashSet<>(Set.of(MessageFingerprint.of("topic", PAYLOAD)));
    for (int bit = 0; bit < 8 * PAYLOAD.length; bit++) {
      byte[] changed = PAYLOAD.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      seen.add(MessageFingerprint.of("topic", changed));
    }
    assertEquals(1 + 8 * PAYLOAD.length, seen.size());
  }

  @Test
  void of_everyLengthOfZeros_isAnother() {
    Set<MessageFingerprint> seen = new HashSet<>();
    for (int length = 0; length < 100; length++) {
      seen.add(MessageFingerprint.of("t", new byte[length]));
      seen.add(MessageFingerprint.of("t" + "\0".repeat(length + 1), new byte[0]));
    }
    assertEquals(200, seen.size());
  }

  @Test
  void of_bytesMovedFromTopicToPayload_isAnother() {
    assertNotEquals(
        MessageFingerprint.of("ab", "c".getBytes(UTF_8)),
        MessageFingerprint.of("a", "bc".getBytes(UTF_8)));
  }

  @Test
  void of_anotherKey_isAnother() {
    assertNotEquals(
        MessageFingerprint.of(1, 2, "t", PAYLOAD), MessageFingerprint.of(1, 3, "t", PAYLOAD));
  }

  /** What {@code openssl mac … SIPHASH} makes of the same words, with the key 00 01 … 0f. */
  @Test
  void of_isSipHashOf128Bits() {
    byte[] payload = new byte[15];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) i;
    }
    assertEquals(
        new MessageFingerprint(0xfa4110046a6086d6L, 0xe7ecab2f011f24caL),
        MessageFingerprint.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, "a".repeat(120), payload));
  }
}
