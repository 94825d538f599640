package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.DeviceMessage;
import java.time.Instant;
import java.util.Map;

/** Reads what one kind of message adds to the envelope; by default nothing. */
interface KindReader {
  /**
   * Reads the field if it belongs to the kind, and returns whether it did; its value may be of the
   * wrong type.
   */
  default boolean read(String name) {
    return false;
  }

  /** The message, after its last field. */
  DeviceMessage message(
      EnvelopeReader envelope, String deviceId, Instant timestamp, Map<String, JsonValue> unknown);
}
