package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.nio.charset.StandardCharsets;

/** What MQTT can send as a string (MQTT 5 section 1.5.4). */
public final class Texts {
  private static final int MAX_BYTES = 65_535;

  private Texts() {}

  /** Whether it is well formed, without U+0000, and short enough. */
  public static boolean isSendable(String text) {
    return text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
