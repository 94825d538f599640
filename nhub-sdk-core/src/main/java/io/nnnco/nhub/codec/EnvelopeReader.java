package io.nnnco.nhub.codec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields common to every kind of message. */
final class EnvelopeReader {
  static final String MESSAGE_TYPE = "message_type";

  private final JsonCursor json;
  private int seen;
  @Nullable String deviceId;
  @Nullable Instant timestamp;
  @Nullable String messageType;
  @Nullable String source;
  @Nullable String deviceType;

  EnvelopeReader(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads the field if it belongs to the envelope, and returns whether it did; its value may be of
   * the wrong type.
   */
  boolean read(String name) {
    switch (name) {
      case "device_id" -> {
        seen = json.once(seen, 1);
        deviceId = json.id();
      }
      case "timestamp_ms" -> {
        seen = json.once(seen, 2);
        timestamp = json.timestamp();
      }
      case MESSAGE_TYPE -> {
        seen = json.once(seen, 4);
        messageType = json.text();
      }
      case "source" -> {
        seen = json.once(seen, 8);
        source = json.text();
      }
      case "device_type" -> {
        seen = json.once(seen, 16);
        deviceType = json.text();
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
