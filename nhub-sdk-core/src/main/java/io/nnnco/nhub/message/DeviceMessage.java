package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of the bridge: what a device, or the network about a device, reported. Sealed, so
 * that a chain of {@code instanceof} or a {@code switch} can be complete; a kind of message that
 * this version of the SDK does not know is an {@link UnknownMessage}, not an error.
 *
 * <p>The decoder creates messages, and applications read them. A later version may add components
 * to these records, always with {@code unknownFields} as the last: use the accessors rather than
 * the canonical constructors. All of them are immutable and thread-safe.
 */
public sealed interface DeviceMessage permits Uplink, Downlink, Join, UnknownMessage {

  /**
   * The device the message is about: {@code device_id}.
   *
   * @return the id, never empty
   */
  String deviceId();

  /**
   * When it happened, by the platform's clock: {@code timestamp_ms}, to the millisecond.
   *
   * @return the time
   */
  Instant timestamp();

  /**
   * The kind of message, as its topic tells, or its own type where it was decoded without one. Each
   * kind has its record, and each record its kind.
   *
   * @return the kind, or null if this version of the SDK does not know it: an {@link
   *     UnknownMessage}
   */
  @Nullable MessageKind kind();

  /**
   * The message's own type: {@code message_type}, such as {@code uplink}.
   *
   * @return the type, or null if the message does not give it
   */
  @Nullable String messageType();

  /**
   * The part of the platform that the message came through: {@code source}, such as {@code
   * dl-mqtt}.
   *
   * @return the source, or null if the message does not give it
   */
  @Nullable String source();

  /**
   * The type of device: {@code device_type}, such as {@code nsen-v2}.
   *
   * @return the type, or null if the message does not give it
   */
  @Nullable String deviceType();

  /**
   * The fields of the message that this version of the SDK does not know, as they were sent,
   * including those sent as JSON {@code null}. Known fields of a type other than documented are
   * here too, such as a {@code source} that is a number; they are null in the record.
   *
   * @return the fields in the order sent; unmodifiable, empty if there are none
   */
  Map<String, JsonValue> unknownFields();

  /**
   * The message as the platform's JSON object, rebuilt from this record: with the platform's field
   * names, and all unknown fields. Decoded again, on the same topic, it gives an equal message.
   *
   * <p>Jackson's {@code ObjectMapper} writes a message as this object, also where it is part of
   * another one. To read it again, use {@link io.nnnco.nhub.codec.MessageDecoder}.
   *
   * <p>What the record does not keep is not as it was sent. Documented fields come first, in the
   * documented order; fields that are null, and empty {@code readings}, are left out; what is in
   * {@code readings} without being one comes after the readings. The values of readings and unknown
   * fields keep their digits; RSSI, SNR and coordinates are written as the shortest number that
   * gives the same {@code double}. Where the very bytes matter, take those of the delivery.
   *
   * @return a new object each time; its {@code toString} is {@link #toJson()}
   */
  @com.fasterxml.jackson.annotation.JsonValue
  default JsonObject json() {
    return JsonFields.envelope(this).with(unknownFields());
  }

  /**
   * The message as JSON on one line, such as for a database or a queue: the text of {@link
   * #json()}.
   *
   * @return a JSON object, without white space between its parts
   */
  default String toJson() {
    return json().toString();
  }
}
