package io.nnnco.nhub.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nnnco.nhub.micrometer.NHubObservationDocumentation.HighCardinalityKeys;
import io.nnnco.nhub.micrometer.NHubObservationDocumentation.LowCardinalityKeys;
import io.nnnco.nhub.stream.Delivery;
import org.jspecify.annotations.Nullable;

/** What both default conventions say. */
final class MessagingKeys {
  private MessagingKeys() {}

  static String spanName(String operation, Destination destination) {
    return destination.template() == null ? operation : operation + " " + destination.template();
  }

  /** All of them each time, as the tags of a meter must be. */
  static KeyValues low(String operation, Destination destination) {
    return KeyValues.of(
        LowCardinalityKeys.SYSTEM.withValue("mqtt"),
        LowCardinalityKeys.OPERATION_NAME.withValue(operation),
        LowCardinalityKeys.OPERATION_TYPE.withValue(operation),
        LowCardinalityKeys.DESTINATION_TEMPLATE.withValue(orNone(destination.template())),
        LowCardinalityKeys.ENTERPRISE.withValue(orNone(destination.enterprise())));
  }

  private static String orNone(@Nullable String value) {
    return value == null ? KeyValue.NONE_VALUE : value;
  }

  static KeyValues high(String clientId, @Nullable Throwable error) {
    KeyValues values = KeyValues.of(HighCardinalityKeys.CLIENT_ID.withValue(clientId));
    return error == null
        ? values
        : values.and(HighCardinalityKeys.ERROR_TYPE.withValue(error.getClass().getName()));
  }

  static KeyValues withMessage(KeyValues values, Delivery delivery) {
    return values.and(
        HighCardinalityKeys.DESTINATION_NAME.withValue(delivery.topic()),
        HighCardinalityKeys.DEVICE.withValue(delivery.deviceId()));
  }
}
