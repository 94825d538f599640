package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.UnknownMessage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one message: the envelope, the fields of its kind, and unknown or unexpected fields. */
final class MessageReader {
  private final JsonCursor json;
  private final KindReader kind;

  MessageReader(JsonCursor json, @Nullable MessageKind kind, @Nullable String topicLevel) {
    this.json = json;
    this.kind = kind == null ? unknown(topicLevel) : reader(kind, json);
  }

  private static KindReader reader(MessageKind kind, JsonCursor json) {
    return switch (kind) {
      case UPLINK -> new UplinkReader(json);
      case DOWNLINK ->
          (envelope, deviceId, timestamp, unknown) ->
              new Downlink(
                  deviceId,
                  timestamp,
                  envelope.messageType,
                  envelope.source,
                  envelope.deviceType,
                  unknown);
      case JOIN ->
          (envelope, deviceId, timestamp, unknown) ->
              new Join(
                  deviceId,
                  timestamp,
                  envelope.messageType,
                  envelope.source,
                  envelope.deviceType,
                  unknown);
    };
  }

  private static KindReader unknown(@Nullable String topicLevel) {
    return (envelope, deviceId, timestamp, unknown) ->
        new UnknownMessage(
            deviceId,
            timestamp,
            topicLevel,
            envelope.messageType,
            envelope.source,
            envelope.deviceType,
            unknown);
  }

  DeviceMessage read() {
    EnvelopeReader envelope = new EnvelopeReader(json);
    Map<String, JsonValue> unknown = Map.of();
    json.enterDocument();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      boolean known = envelope.read(name) || kind.read(name);
      unknown = known ? json.keepOdd(name, unknown) : json.keep(name, unknown);
    }
    String deviceId = json.require("device_id", envelope.deviceId);
    Instant timestamp = json.require("timestamp_ms", envelope.timestamp);
    json.endDocument();
    return kind.message(envelope, deviceId, timestamp, unknown);
  }
}
