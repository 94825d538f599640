package io.nnnco.nhub.cli;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** A message for a person: time, kind, device, radio and content. */
final class MessageLine {
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private final Paint paint;

  MessageLine(Paint paint) {
    this.paint = paint;
  }

  String of(DeviceMessage message) {
    return paint.as(Style.faint, time.format(message.timestamp()))
        + "  "
        + paint.as(style(message), padded(PlainText.of(kind(message)), 8))
        + "  "
        + paint.as(Style.bold, padded(PlainText.of(message.deviceId()), 16))
        + "  "
        + paint.as(Style.faint, padded(radio(message), 18))
        + "  "
        + PlainText.of(body(message));
  }

  /** The name of the kind, such as {@code uplink}; for an unknown one, its level in the topic. */
  static String kind(DeviceMessage message) {
    MessageKind kind = message.kind();
    if (kind != null) {
      return kind.messageType();
    }
    return message instanceof UnknownMessage unknown && unknown.topicLevel() != null
        ? unknown.topicLevel()
        : "unknown";
  }

  private static Style style(DeviceMessage message) {
    MessageKind kind = message.kind();
    if (kind == null) {
      return Style.fg_magenta;
    }
    return switch (kind) {
      case UPLINK -> Style.fg_green;
      case JOIN -> Style.fg_cyan;
      case DOWNLINK -> Style.fg_magenta;
    };
  }

  private static String body(DeviceMessage message) {
    if (message instanceof Uplink uplink) {
      if (uplink.readings().isEmpty() && uplink.payload() != null) {
        return uplink.payload().text();
      }
      return uplink.readings().stream().map(Reading::toString).collect(Collectors.joining("  "));
    }
    return message.unknownFields().entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("  "));
  }

  private static String radio(DeviceMessage message) {
    NetworkMetadata radio = message instanceof Uplink uplink ? uplink.networkMetadata() : null;
    if (radio == null || radio.rssi() == null || radio.snr() == null) {
      return "";
    }
    return String.format(Locale.ROOT, "%4.0f dBm / %4.1f dB", radio.rssi(), radio.snr());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
