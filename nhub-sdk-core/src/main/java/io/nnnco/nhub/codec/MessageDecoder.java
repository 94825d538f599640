package io.nnnco.nhub.codec;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bridge's JSON payloads into records, directly from the bytes received.
 *
 * <p>A payload is one JSON object in UTF-8 without a byte order mark. {@code device_id} and {@code
 * timestamp_ms} are required; any other field may be absent or null. The two mean the same, and
 * make the field null, or an empty list, in the record.
 *
 * <p>No other fault costs a reading. Fields that this version does not know are kept in {@code
 * unknownFields}, with the digits of numbers as written. So is a known field of a type other than
 * documented: {@code "rssi": "-95"} is the text {@code "-95"} in {@code
 * networkMetadata().unknownFields()}, and {@code rssi()} is null. Nothing is converted, because the
 * decoder cannot tell what a platform means by a number in quotes. A number that a {@code double}
 * cannot hold is kept in the same way. A {@code location} without both coordinates is not a
 * location: what was sent of it is kept in {@code unknownFields}, a coordinate as the nearest
 * {@code double}. An element of {@code readings} whose {@code channel_id} is not a non-empty string
 * is not a reading: all such elements are kept as an array, {@code readings}, in {@code
 * unknownFields}.
 *
 * <p>Everything else is a {@link MalformedMessageException}, whatever the bytes: input that is not
 * JSON or not an object, a {@code device_id} or {@code timestamp_ms} of the wrong type, the same
 * field twice in one object, a truncated payload or one with content after its object, bytes that
 * are not UTF-8 (including overlong forms and encoded surrogates), or anything beyond the limits
 * below. The limits are far above what devices send, and keep the memory and time that one message
 * can cost small.
 *
 * <p>Thread-safe; it keeps no state between messages.
 */
public final class MessageDecoder {
  /** The longest payload that is decoded, in bytes: 1 MiB. */
  public static final int MAX_MESSAGE_BYTES = 1 << 20;

  /** How deeply objects and arrays may nest; the message itself is the first level. */
  public static final int MAX_DEPTH = 64;

  /**
   * How many tokens a message may have: names, values, and starts and ends of objects and arrays.
   */
  public static final int MAX_TOKENS = 100_000;

  /** How many unknown fields one object may have. */
  public static final int MAX_FIELDS = 1_000;

  /** How many readings an uplink may have. */
  public static final int MAX_READINGS = 10_000;

  /** The longest field name, in characters. */
  public static final int MAX_NAME_LENGTH = 1_000;

  /** The longest string, in characters. */
  public static final int MAX_STRING_LENGTH = 262_144;

  /** The longest number, in characters as written. */
  public static final int MAX_NUMBER_LENGTH = 1_000;

  /**
   * How far the decimal point of a number may be from its last digit, in either direction: {@code
   * 1e1000} is read, {@code 1e1001} is not.
   */
  public static final int MAX_NUMBER_SCALE = 1_000;

  /** Creates a decoder with the limits above. */
  public MessageDecoder() {}

  /**
   * Decodes a message whose own {@code message_type} gives its kind.
   *
   * @param json the payload
   * @return the message; an {@link io.nnnco.nhub.message.UnknownMessage} if its type is absent or
   *     not known
   * @throws MalformedMessageException if the payload cannot be decoded
   */
  public DeviceMessage decode(byte[] json) {
    return decode((MessageKind) null, json, 0, json.length);
  }

  /**
   * Decodes a message that was received on a topic. The topic determines its kind, whatever its
   * {@code message_type}; the device is the one that the message names.
   *
   * @param topic the topic
   * @param json an array that contains the payload; not modified, and not kept
   * @param offset where the payload starts
   * @param length the payload's length in bytes
   * @return the message; an {@link io.nnnco.nhub.message.UnknownMessage} with the topic's last
   *     level if this version does not know its kind
   * @throws MalformedMessageException if the payload cannot be decoded
   * @throws IndexOutOfBoundsException if the slice is not within the array
   */
  public DeviceMessage decode(DeviceTopic topic, byte[] json, int offset, int length) {
    Objects.requireNonNull(topic, "topic");
    return decode(topic.kind().orElse(null), topic.level(), json, offset, length);
  }

  /**
   * Decodes a message of a known kind, or of the kind that its own {@code message_type} gives.
   *
   * @param kind the kind, or null to use {@code message_type}
   * @param json an array that contains the payload; not modified, and not kept
   * @param offset where the payload starts
   * @param length the payload's length in bytes
   * @return the message; an {@link io.nnnco.nhub.message.UnknownMessage} if no kind is given and
   *     its type is absent or not known
   * @throws MalformedMessageException if the payload cannot be decoded
   * @throws IndexOutOfBoundsException if the slice is not within the array
   */
  public DeviceMessage decode(@Nullable MessageKind kind, byte[] json, int offset, int length) {
    return decode(kind, null, json, offset, length);
  }

  private DeviceMessage decode(
      @Nullable MessageKind kind,
      @Nullable String topicLevel,
      byte[] json,
      int offset,
      int length) {
    Objects.checkFromIndexSize(offset, length, json.length);
    if (length > MAX_MESSAGE_BYTES) {
      throw new MalformedMessageException(
          "it is longer than " + MAX_MESSAGE_BYTES + " bytes", "$", MAX_MESSAGE_BYTES);
    }
    if (Utf8.startsOtherwise(json, offset, length)) {
      throw new MalformedMessageException(
          "it is UTF-16 or UTF-32, or starts with a byte order mark", "$", 0);
    }
    int valid = Utf8.validLength(json, offset, length);
    if (valid == length) {
      return read(kind, topicLevel, json, offset, length);
    }
    throw notUtf8(kind, topicLevel, json, offset, valid);
  }

  /** Reads up to the invalid byte, to find its path in the document, or an earlier error. */
  private MalformedMessageException notUtf8(
      @Nullable MessageKind kind, @Nullable String topicLevel, byte[] json, int offset, int valid) {
    String path = "$";
    try {
      read(kind, topicLevel, json, offset, valid);
    } catch (MalformedMessageException atOrBefore) {
      if (atOrBefore.offset() < valid) {
        return atOrBefore;
      }
      path = atOrBefore.path();
    }
    return new MalformedMessageException("it is not UTF-8", path, valid);
  }

  private DeviceMessage read(
      @Nullable MessageKind kind,
      @Nullable String topicLevel,
      byte[] json,
      int offset,
      int length) {
    boolean ask = kind == null && topicLevel == null;
    MessageKind known = ask ? kindOf(new JsonCursor(json, offset, length)) : kind;
    return new MessageReader(new JsonCursor(json, offset, length), known, topicLevel).read();
  }

  /** The message's own type. Errors are left to the decoding that follows. */
  private static @Nullable MessageKind kindOf(JsonCursor json) {
    try {
      json.enterDocument();
      for (String name = json.nextField(); name != null; name = json.nextField()) {
        if (name.equals(EnvelopeReader.MESSAGE_TYPE)) {
          return MessageKind.ofMessageType(String.valueOf(json.text())).orElse(null);
        }
        json.value();
      }
      return null;
    } catch (MalformedMessageException told) {
      return null;
    }
  }
}
