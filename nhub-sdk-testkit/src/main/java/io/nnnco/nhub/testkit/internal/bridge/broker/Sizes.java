package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.nio.charset.StandardCharsets;

/** How many bytes MQTT 5 needs for a value (section 1.5). */
final class Sizes {
  private Sizes() {}

  /** With the two bytes of its length. */
  static int ofText(Object text) {
    return Short.BYTES + String.valueOf(text).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Seven bits to a byte, and at least one byte. */
  static int ofVariableByteInteger(int value) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
  }
}
