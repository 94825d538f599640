package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link FakeMessage} to publish. */
record DeviceMessage(
    @Description("the device; a topic level, so without /, + and #") String deviceId,
    @Nullable @Description("UPLINK by default") MessageKind kind,
    @Nullable @Description("the fake's first by default") String enterprise,
    @Nullable @Description("when the device sent it; now by default") Instant at,
    @Nullable @Description("such as nsen-v2") String deviceType,
    @Nullable List<Reading> readings,
    @Nullable @Description("how it was received") Radio radio,
    @Nullable @Description("where the device is") Location location,
    @Nullable @Description("the device's own bytes, as hexadecimal digits") String rawPayload,
    @Nullable @Description("any fields of the JSON object, documented or not; null removes one")
        Map<String, Object> fields,
    @Nullable @Description("MQTT 5 user properties") Map<String, String> userProperties,
    @Nullable @Description("how many times to publish it; once by default") Integer times,
    @Nullable @Description("how long to wait until clients have acknowledged it; not by default")
        Duration awaitDelivered) {

  /** A reading of one channel. */
  record Reading(
      @Description("such as temperature") String channelId,
      @Nullable @Description("a number, string, boolean, null, object or array") Object value,
      @Nullable @Description("such as %") String unit) {}

  /** How a message was received. */
  record Radio(
      @Description("the signal strength in dBm") int rssi,
      @Description("the signal-to-noise ratio in dB") double snr,
      @Description("the gateway") String gatewayId) {}

  /** Where a device is. */
  record Location(
      @Description("in degrees, north positive") double latitude,
      @Description("in degrees, east positive") double longitude) {}

  FakeMessage made(String enterpriseCode) {
    FakeMessage message =
        switch (kind == null ? MessageKind.UPLINK : kind) {
          case UPLINK -> FakeMessage.uplink(deviceId);
          case DOWNLINK -> FakeMessage.downlink(deviceId);
          case JOIN -> FakeMessage.join(deviceId);
        };
    message = message.enterprise(enterpriseCode);
    message = at == null ? message : message.at(at);
    message = deviceType == null ? message : message.deviceType(deviceType);
    for (Reading reading : readings == null ? List.<Reading>of() : readings) {
      message = message.reading(reading.channelId(), reading.value(), reading.unit());
    }
    return withExtras(withPlace(message));
  }

  private FakeMessage withPlace(FakeMessage before) {
    FakeMessage message = before;
    if (radio != null) {
      message = message.radio(radio.rssi(), radio.snr(), radio.gatewayId());
    }
    if (location != null) {
      message = message.location(location.latitude(), location.longitude());
    }
    return rawPayload == null
        ? message
        : message.rawPayload(HexFormat.of().parseHex(rawPayload.replaceFirst("^0x", "")));
  }

  private FakeMessage withExtras(FakeMessage before) {
    FakeMessage message = before;
    for (Map.Entry<String, @Nullable Object> field : entries(fields)) {
      Object value = field.getValue();
      message =
          value == null ? message.without(field.getKey()) : message.field(field.getKey(), value);
    }
    for (Map.Entry<String, String> property : entries(userProperties)) {
      message = message.userProperty(property.getKey(), property.getValue());
    }
    return message;
  }

  private static <V extends @Nullable Object> Iterable<Map.Entry<String, V>> entries(
      @Nullable Map<String, V> map) {
    return map == null ? List.of() : map.entrySet();
  }
}
