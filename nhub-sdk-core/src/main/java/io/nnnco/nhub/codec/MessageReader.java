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
  private final @Nullable MessageKind kind;
  private final @Nullable String topicLevel;

  MessageReader(JsonCursor json, @Nullable MessageKind kind, @Nullable String topicLevel) {
    this.json = json;
    this.kind = kind;
    this.topicLevel = topicLevel;
  }

  DeviceMessage read() {
    EnvelopeReader envelope = new EnvelopeReader(json);
    UplinkReader uplink = kind == MessageKind.UPLINK ? new UplinkReader(json) : null;
    Map<String, JsonValue> unknown = Map.of();
    json.enterDocument();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      boolean known = envelope.read(name) || (uplink != null && uplink.read(name));
      unknown = known ? json.keepOdd(name, unknown) : json.keep(name, unknown);
    }
    String deviceId = json.require("device_id", envelope.deviceId);
    Instant timestamp = json.require("timestamp_ms", envelope.timestamp);
    json.endDocument();
    return uplink == null
        ? other(envelope, deviceId, timestamp, unknown)
        : uplink.uplink(envelope, deviceId, timestamp, unknown);
  }

  private DeviceMessage other(
      EnvelopeReader envelope, String deviceId, Instant timestamp, Map<String, JsonValue> unknown) {
    String type = envelope.messageType;
    String source = envelope.source;
    String deviceType = envelope.deviceType;
    if (kind == MessageKind.DOWNLINK) {
      return new Downlink(deviceId, timestamp, type, source, deviceType, unknown);
    }
    if (kind == MessageKind.JOIN) {
      return new Join(deviceId, timestamp, type, source, deviceType, unknown);
    }
    return new UnknownMessage(deviceId, timestamp, topicLevel, type, source, deviceType, unknown);
  }
}
