package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.util.Random;

/** Which device sent which message, and how it reads. Message {@code n} has the time stamp n. */
final class ModelDevices {
  private static final int ONE_UNDECODABLE_IN = 1_000;

  private final byte[] deviceOf;
  private final long seed;
  private final int oneUndecodableIn;
  private int largest;

  /** Messages of up to 100 devices, evenly mixed. */
  ModelDevices(long seed, int messages, int devices) {
    this(seed, messages, devices, ONE_UNDECODABLE_IN);
  }

  ModelDevices(long seed, int messages, int devices, int oneUndecodableIn) {
    Random random = new Random(seed);
    this.seed = seed;
    this.oneUndecodableIn = oneUndecodableIn;
    this.deviceOf = new byte[messages];
    for (int i = 0; i < messages; i++) {
      deviceOf[i] = (byte) random.nextInt(devices);
    }
  }

  /** From now on the messages are of many sizes, one in a hundred of them ten times as large. */
  ModelDevices ofAllSizes(int usuallyAtMost) {
    largest = usuallyAtMost;
    return this;
  }

  int deviceOf(int message) {
    return deviceOf[message];
  }

  /** What is to happen to a message, the same at each call: 0 to 999. */
  int fateOf(int message) {
    return new java.util.SplittableRandom(seed * 31 + message).nextInt(1_000);
  }

  boolean isUndecodable(int message) {
    return (message + seed) % oneUndecodableIn == 0;
  }

  InboundMessage publish(int message, int packetId, boolean duplicate) {
    String device = "device-" + deviceOf(message);
    String body =
        "{\"device_id\":\""
            + device
            + "\""
            + padding(message)
            + ",\"timestamp_ms\":"
            + message
            + "}";
    boolean broken = isUndecodable(message);
    return new InboundMessage(
        "v4/groups/nnn.acme.master/" + device + "/uplinks",
        (broken ? body.replace("}", "") : body).getBytes(UTF_8),
        duplicate,
        packetId);
  }

  private String padding(int message) {
    if (largest == 0) {
      return "";
    }
    int fate = fateOf(-message);
    return " ".repeat((fate % 100 == 0 ? 10 : 1) * (fate * largest / 1_000));
  }

  /** The number of a message, broken or not. */
  static int numberOf(byte[] payload) {
    String body = new String(payload, UTF_8);
    return Integer.parseInt(body.substring(body.lastIndexOf(':') + 1).replace("}", ""));
  }
}
