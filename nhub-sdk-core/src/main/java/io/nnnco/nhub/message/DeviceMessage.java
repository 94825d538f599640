package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a device, or the network about a device, had to say: one message of the bridge (rules M13,
 * M14). Sealed, so that a chain of {@code instanceof} or a {@code switch} can be complete; a kind
 * of message that this version of the SDK does not know is an {@link UnknownMessage}, not an error.
 *
 * <p>Messages are made by the decoder and read by applications. A later version may add components
 * to these records, always with {@code unknownFields} as the last: use the accessors rather than
 * the canonical constructors. All of them are immutable and safe for use by several threads.
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
   * What the message calls itself: {@code message_type}, such as {@code uplink}.
   *
   * @return the type, or null if the message does not say
   */
  @Nullable String messageType();

  /**
   * The fields of the message that this version of the SDK does not know, as they were sent; one
   * sent as JSON {@code null} is here too. And so are known ones of another type than documented,
   * such as a {@code source} that is a number: they are null in the record.
   *
   * @return the fields in the order they came; unmodifiable, empty if there are none
   */
  Map<String, JsonValue> unknownFields();
}
