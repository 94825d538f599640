package io.nnnco.nhub.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of documented fields, looked up by their bytes without creating a string. */
final class FieldNames {
  private static final int SLOTS = 128;
  private static final byte[][] BYTES = new byte[SLOTS][];
  private static final String[] NAMES = new String[SLOTS];

  static {
    for (String name :
        new String[] {
          "device_id",
          "timestamp_ms",
          "source",
          "message_type",
          "device_type",
          "readings",
          "channel_id",
          "value",
          "unit",
          "network_metadata",
          "rssi",
          "snr",
          "gateway_id",
          "location",
          "latitude",
          "longitude",
          "raw_payload"
        }) {
      byte[] bytes = name.getBytes(US_ASCII);
      int slot = slot(bytes, 0, bytes.length);
      while (BYTES[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      BYTES[slot] = bytes;
      NAMES[slot] = name.intern();
    }
  }

  private FieldNames() {}

  /** The documented name with these bytes, or null if there is none. */
  static @Nullable String find(byte[] bytes, int from, int to) {
    if (from == to) {
      return null;
    }
    for (int slot = slot(bytes, from, to); BYTES[slot] != null; slot = (slot + 1) % SLOTS) {
      byte[] name = BYTES[slot];
      if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return NAMES[slot];
      }
    }
    return null;
  }

  private static int slot(byte[] bytes, int from, int to) {
    return ((to - from) * 31 + bytes[from] * 7 + bytes[to - 1]) % SLOTS;
  }
}
