package io.nnnco.nhub.kafka.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Devices that speak in turn, each message with the next number of its device, from which the whole
 * message follows.
 *
 * @param devices how many
 * @param messages how many in all
 */
record Fleet(int devices, int messages) {
  static final String ENTERPRISE = "nnn.acme";
  static final String RECORDS = "nhub." + ENTERPRISE + ".uplinks";

  /** An hour ago, to the day of the first test: Kafka takes no times far in the future. */
  private static final long FIRST_TIME = System.currentTimeMillis() - 3_600_000;

  /** How many messages this device sends. */
  int messagesOf(int device) {
    return messages / devices + (device < messages % devices ? 1 : 0);
  }

  static String name(int device) {
    return "METER-%04d".formatted(device);
  }

  static int device(String name) {
    return Integer.parseInt(name.substring("METER-".length()));
  }

  static int number(long time) {
    return (int) (time - FIRST_TIME);
  }

  static String topic(int device) {
    return "v4/groups/" + ENTERPRISE + ".master/" + name(device) + "/uplinks";
  }

  /** About as long as an uplink of a sensor. */
  static byte[] payload(int device, int number) {
    return """
        {"device_id":"%s","timestamp_ms":%d,"message_type":"uplink","source":"chaos",\
        "device_type":"meter","readings":[{"channel_id":"pulses","value":%d,"unit":"count"},\
        {"channel_id":"temperature","value":%d.5,"unit":"celsius"}]}"""
        .formatted(name(device), FIRST_TIME + number, number, device % 40)
        .getBytes(UTF_8);
  }

  static String deduplicationKey(int device, byte[] payload) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(payload);
      return topic(device) + "/" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
