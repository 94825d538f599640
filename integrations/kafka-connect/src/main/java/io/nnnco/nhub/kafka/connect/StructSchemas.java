package io.nnnco.nhub.kafka.connect;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The schemas of the values with {@code nhub.value=struct}, one for each kind of messages. The
 * names of fields are the platform's. A change that adds an optional field raises the version.
 */
final class StructSchemas {
  static final String DEVICE_ID = "device_id";
  static final String TIMESTAMP = "timestamp";
  static final String MESSAGE_TYPE = "message_type";
  static final String SOURCE = "source";
  static final String DEVICE_TYPE = "device_type";
  static final String UNKNOWN_FIELDS = "unknown_fields";
  static final String READINGS = "readings";
  static final String NETWORK_METADATA = "network_metadata";
  static final String LOCATION = "location";
  static final String RAW_PAYLOAD = "raw_payload";
  static final String KIND = "kind";
  static final String CHANNEL_ID = "channel_id";
  static final String VALUE = "value";
  static final String NUMBER = "number";
  static final String TEXT = "text";
  static final String FLAG = "flag";
  static final String UNIT = "unit";
  static final String RSSI = "rssi";
  static final String SNR = "snr";
  static final String GATEWAY_ID = "gateway_id";
  static final String LATITUDE = "latitude";
  static final String LONGITUDE = "longitude";

  private static final String PREFIX = "io.nnnco.nhub.";
  private static final Integer VERSION = 1;

  static final Schema READING =
      named("Reading")
          .doc("One value that a device measured or reported.")
          .field(CHANNEL_ID, Schema.STRING_SCHEMA)
          .field(VALUE, documented(SchemaBuilder.string(), "The value as JSON, exactly."))
          .field(NUMBER, documented(SchemaBuilder.float64().optional(), "If it is a number."))
          .field(TEXT, documented(SchemaBuilder.string().optional(), "If it is text."))
          .field(FLAG, documented(SchemaBuilder.bool().optional(), "If it is true or false."))
          .field(UNIT, Schema.OPTIONAL_STRING_SCHEMA)
          .field(UNKNOWN_FIELDS, unknownFields())
          .build();

  static final Schema NETWORK =
      named("NetworkMetadata")
          .optional()
          .doc("How the radio network received the message.")
          .field(RSSI, Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field(SNR, Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field(GATEWAY_ID, Schema.OPTIONAL_STRING_SCHEMA)
          .field(UNKNOWN_FIELDS, unknownFields())
          .build();

  static final Schema PLACE =
      named("Location")
          .optional()
          .doc("Where the device is, in degrees.")
          .field(LATITUDE, Schema.FLOAT64_SCHEMA)
          .field(LONGITUDE, Schema.FLOAT64_SCHEMA)
          .field(UNKNOWN_FIELDS, unknownFields())
          .build();

  static final Schema UPLINK =
      envelope("Uplink")
          .doc("Data from a device.")
          .field(READINGS, SchemaBuilder.array(READING).build())
          .field(NETWORK_METADATA, NETWORK)
          .field(LOCATION, PLACE)
          .field(RAW_PAYLOAD, Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema DOWNLINK =
      envelope("Downlink").doc("The confirmation of something sent to a device.").build();

  static final Schema JOIN = envelope("Join").doc("A device that joined the network.").build();

  static final Schema OTHER =
      envelope("OtherMessage")
          .doc("A message of a kind that this version does not know.")
          .field(KIND, Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private StructSchemas() {}

  private static SchemaBuilder named(String name) {
    return SchemaBuilder.struct().name(PREFIX + name).version(VERSION);
  }

  private static SchemaBuilder envelope(String name) {
    return named(name)
        .field(DEVICE_ID, Schema.STRING_SCHEMA)
        .field(TIMESTAMP, Timestamp.SCHEMA)
        .field(MESSAGE_TYPE, Schema.OPTIONAL_STRING_SCHEMA)
        .field(SOURCE, Schema.OPTIONAL_STRING_SCHEMA)
        .field(DEVICE_TYPE, Schema.OPTIONAL_STRING_SCHEMA)
        .field(UNKNOWN_FIELDS, unknownFields());
  }

  private static Schema unknownFields() {
    return documented(
        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA),
        "The other fields, each as JSON.");
  }

  private static Schema documented(SchemaBuilder schema, String documentation) {
    return schema.doc(documentation).build();
  }
}
