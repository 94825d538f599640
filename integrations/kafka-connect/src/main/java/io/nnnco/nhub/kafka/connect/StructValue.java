package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.Delivery;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes a structure of a message. */
final class StructValue {
  private StructValue() {}

  static SchemaAndValue of(DeviceMessage message, Delivery delivery) {
    Struct value;
    if (message instanceof Uplink uplink) {
      value = uplink(uplink);
    } else if (message instanceof Downlink) {
      value = envelope(StructSchemas.DOWNLINK, message);
    } else if (message instanceof Join) {
      value = envelope(StructSchemas.JOIN, message);
    } else {
      value =
          envelope(StructSchemas.OTHER, message)
              .put(StructSchemas.KIND, ((UnknownMessage) message).topicLevel());
    }
    return new SchemaAndValue(value.schema(), value);
  }

  private static Struct envelope(Schema schema, DeviceMessage message) {
    return new Struct(schema)
        .put(StructSchemas.DEVICE_ID, message.deviceId())
        .put(StructSchemas.TIMESTAMP, Date.from(message.timestamp()))
        .put(StructSchemas.MESSAGE_TYPE, message.messageType())
        .put(StructSchemas.SOURCE, message.source())
        .put(StructSchemas.DEVICE_TYPE, message.deviceType())
        .put(StructSchemas.UNKNOWN_FIELDS, texts(message.unknownFields()));
  }

  private static Struct uplink(Uplink uplink) {
    return envelope(StructSchemas.UPLINK, uplink)
        .put(StructSchemas.READINGS, uplink.readings().stream().map(StructValue::reading).toList())
        .put(StructSchemas.NETWORK_METADATA, network(uplink.networkMetadata()))
        .put(StructSchemas.LOCATION, location(uplink.location()))
        .put(StructSchemas.RAW_PAYLOAD, uplink.payload() == null ? null : uplink.payload().text());
  }

  private static Struct reading(Reading reading) {
    Struct struct =
        new Struct(StructSchemas.READING)
            .put(StructSchemas.CHANNEL_ID, reading.channelId())
            .put(StructSchemas.VALUE, reading.value().toString())
            .put(StructSchemas.TEXT, reading.text().orElse(null))
            .put(StructSchemas.FLAG, reading.flag().orElse(null))
            .put(StructSchemas.UNIT, reading.unit())
            .put(StructSchemas.UNKNOWN_FIELDS, texts(reading.unknownFields()));
    reading.number().ifPresent(number -> struct.put(StructSchemas.NUMBER, number));
    return struct;
  }

  private static @Nullable Struct network(@Nullable NetworkMetadata network) {
    return network == null
        ? null
        : new Struct(StructSchemas.NETWORK)
            .put(StructSchemas.RSSI, network.rssi())
            .put(StructSchemas.SNR, network.snr())
            .put(StructSchemas.GATEWAY_ID, network.gatewayId())
            .put(StructSchemas.UNKNOWN_FIELDS, texts(network.unknownFields()));
  }

  private static @Nullable Struct location(@Nullable Location location) {
    return location == null
        ? null
        : new Struct(StructSchemas.PLACE)
            .put(StructSchemas.LATITUDE, location.latitude())
            .put(StructSchemas.LONGITUDE, location.longitude())
            .put(StructSchemas.UNKNOWN_FIELDS, texts(location.unknownFields()));
  }

  private static Map<String, String> texts(Map<String, JsonValue> fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
