package io.nnnco.nhub.message;

import io.nnnco.nhub.core.internal.ForeignText;

/**
 * Messages in the form of any record's text, without characters that could move, hide or cut off
 * text in a log.
 */
final class MessageText {
  private MessageText() {}

  /** A message that is only an envelope. */
  static String of(DeviceMessage message) {
    return of(message, "", "");
  }

  /** A message with components of its own: {@code "name=value, "}, or empty. */
  static String of(DeviceMessage message, String beforeType, String beforeUnknownFields) {
    return ForeignText.printable(
        message.getClass().getSimpleName()
            + "[deviceId="
            + message.deviceId()
            + ", timestamp="
            + message.timestamp()
            + ", "
            + beforeType
            + "messageType="
            + message.messageType()
            + ", source="
            + message.source()
            + ", deviceType="
            + message.deviceType()
            + ", "
            + beforeUnknownFields
            + "unknownFields="
            + message.unknownFields()
            + "]");
  }
}
