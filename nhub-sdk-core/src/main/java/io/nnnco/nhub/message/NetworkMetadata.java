package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.internal.ForeignText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the radio network received a message.
 *
 * <p>Immutable.
 *
 * @param rssi the strength of the received signal in dBm, such as -95; or null
 * @param snr the signal-to-noise ratio in dB, such as 7.5; or null
 * @param gatewayId the gateway that received it; or null
 * @param unknownFields the fields that this version does not know, and those of a type other than
 *     documented, in the order sent; unmodifiable
 */
public record NetworkMetadata(
    @Nullable Double rssi,
    @Nullable Double snr,
    @Nullable String gatewayId,
    Map<String, JsonValue> unknownFields) {

  /**
   * Copies the fields.
   *
   * @param rssi the strength of the received signal in dBm, or null
   * @param snr the signal-to-noise ratio in dB, or null
   * @param gatewayId the gateway that received it, or null
   * @param unknownFields the fields that this version does not know
   */
  public NetworkMetadata {
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  /**
   * The metadata as the platform's JSON object, which Jackson's {@code ObjectMapper} writes too;
   * see {@link DeviceMessage#json()}.
   *
   * @return a new object each time
   */
  @com.fasterxml.jackson.annotation.JsonValue
  public JsonObject json() {
    return new JsonFields()
        .number("rssi", rssi)
        .number("snr", snr)
        .text("gateway_id", gatewayId)
        .with(unknownFields);
  }

  /** Without characters that could move, hide or cut off text in a log. */
  @Override
  public String toString() {
    return ForeignText.printable(
        "NetworkMetadata[rssi="
            + rssi
            + ", snr="
            + snr
            + ", gatewayId="
            + gatewayId
            + ", unknownFields="
            + unknownFields
            + "]");
  }
}
