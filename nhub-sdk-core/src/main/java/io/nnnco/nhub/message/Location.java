package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.internal.ForeignText;
import java.util.Map;

/**
 * Where a device is. The coordinates are the platform's; their range is not checked.
 *
 * <p>Immutable.
 *
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param unknownFields the fields that this version does not know, and those of a type other than
 *     documented, in the order sent; unmodifiable
 */
public record Location(double latitude, double longitude, Map<String, JsonValue> unknownFields) {

  /**
   * Copies the fields.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   * @param unknownFields the fields that this version does not know
   */
  public Location {
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  /**
   * Creates a location without unknown fields.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   */
  public Location(double latitude, double longitude) {
    this(latitude, longitude, Map.of());
  }

  /**
   * The location as the platform's JSON object, which Jackson's {@code ObjectMapper} writes too;
   * see {@link DeviceMessage#json()}.
   *
   * @return a new object each time
   */
  @com.fasterxml.jackson.annotation.JsonValue
  public JsonObject json() {
    return new JsonFields()
        .number("latitude", latitude)
        .number("longitude", longitude)
        .with(unknownFields);
  }

  /** Without characters that could move, hide or cut off text in a log. */
  @Override
  public String toString() {
    return ForeignText.printable(
        "Location[latitude="
            + latitude
            + ", longitude="
            + longitude
            + ", unknownFields="
            + unknownFields
            + "]");
  }
}
