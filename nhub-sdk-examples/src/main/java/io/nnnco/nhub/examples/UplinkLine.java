package io.nnnco.nhub.examples;

import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** An uplink as one line for people: time, device, radio, readings with units. */
final class UplinkLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private UplinkLine() {}

  static String of(Uplink uplink) {
    String readings =
        uplink.readings().stream().map(Reading::toString).collect(Collectors.joining("  "));
    return String.format(
        "%s  %-16s  %-18s  %s",
        TIME.format(uplink.timestamp()), uplink.deviceId(), radio(uplink), readings);
  }

  private static String radio(Uplink uplink) {
    NetworkMetadata radio = uplink.networkMetadata();
    if (radio == null || radio.rssi() == null || radio.snr() == null) {
      return "";
    }
    return String.format(Locale.ROOT, "%4.0f dBm / %4.1f dB", radio.rssi(), radio.snr());
  }
}
