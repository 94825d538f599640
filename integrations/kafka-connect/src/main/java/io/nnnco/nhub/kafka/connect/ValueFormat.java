package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Makes the value of a record. */
@FunctionalInterface
interface ValueFormat {
  /** The formats to choose from. */
  enum Kind {
    /** The platform's bytes, unchanged. */
    JSON,
    /** A structure with a schema. */
    STRUCT;

    ValueFormat format() {
      return switch (this) {
        case JSON ->
            (message, delivery) ->
                new SchemaAndValue(
                    org.apache.kafka.connect.data.Schema.BYTES_SCHEMA, delivery.payload());
        case STRUCT -> (message, delivery) -> StructValue.of(message, delivery);
      };
    }
  }

  /** The value for a message, with its schema. */
  SchemaAndValue value(DeviceMessage message, Delivery delivery);
}
