package io.nnnco.nhub.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** PUBLISH packets of QoS 1 with uplinks of the documented shape, ready to be sent. */
final class Uplinks {
  /** In bytes; none is larger. */
  static final int LARGEST_PACKET = 1024;

  private static final int DISTINCT = 1_000;
  private static final int DEVICES = 100;
  private static final int PACKET_ID_BYTES = 2;
  private static final String TIMESTAMP = "\"timestamp_ms\":";

  private final byte[][] packets = new byte[DISTINCT][];
  private final int[] packetIdAt = new int[DISTINCT];
  private final int[] timestampAt = new int[DISTINCT];
  private int next;

  /** Packets for MQTT 5, or for 3.1.1, which has no properties. */
  Uplinks(boolean mqtt5) {
    Random random = new Random(1);
    for (int i = 0; i < DISTINCT; i++) {
      int device = random.nextInt(DEVICES);
      byte[] topic =
          String.format("v4/groups/nnn.acme.master/70B3D57EBB%06X/uplinks", device)
              .getBytes(StandardCharsets.UTF_8);
      String text = json(random, device, i);
      byte[] json = text.getBytes(StandardCharsets.UTF_8);
      int properties = mqtt5 ? 1 : 0;
      int length = 2 + topic.length + PACKET_ID_BYTES + properties + json.length;
      ByteBuffer packet = ByteBuffer.allocate(length + 3);
      packet.put((byte) 0x32).put((byte) ((length & 0x7F) | 0x80)).put((byte) (length >> 7));
      packet.putShort((short) topic.length).put(topic);
      packetIdAt[i] = packet.position();
      packet.putShort((short) 0);
      packet.put(new byte[properties]);
      timestampAt[i] = packet.position() + text.indexOf(TIMESTAMP) + TIMESTAMP.length();
      packet.put(json);
      packets[i] = packet.array();
    }
  }

  private static String json(Random random, int device, int number) {
    return String.format(
        """
      {"device_id":"70B3D57EBB%06X","timestamp_ms":%d,"source":"dl-mqtt",\
      "message_type":"uplink","device_type":"nsen-v2","readings":[\
      {"channel_id":"temperature","value":%.1f,"unit":"\\u00b0C"},\
      {"channel_id":"humidity","value":%d,"unit":"%%"}],"network_metadata":\
      {"rssi":%d,"snr":%.1f,"gateway_id":"GW%03d"},"location":{"latitude":-33.%04d,\
      "longitude":151.%04d},"raw_payload":"0x%016X%016X"}""",
        device,
        Stamp.EPOCH + number,
        random.nextDouble() * 40,
        random.nextInt(100),
        -random.nextInt(40) - 80,
        random.nextDouble() * 10,
        random.nextInt(1000),
        random.nextInt(10_000),
        random.nextInt(10_000),
        random.nextLong(),
        random.nextLong());
  }

  /** Puts the next packet into a buffer that has room for it. */
  void put(ByteBuffer buffer, int packetId) {
    int start = buffer.position();
    buffer.put(packets[next]);
    buffer.putShort(start + packetIdAt[next], (short) packetId);
    next = (next + 1) % DISTINCT;
  }

  /** The same, with the time at which it is due as its timestamp. */
  void put(ByteBuffer buffer, int packetId, long dueNanos) {
    int end = buffer.position() + timestampAt[next] + Stamp.DIGITS;
    put(buffer, packetId);
    long rest = Stamp.of(dueNanos);
    for (int i = 1; i <= Stamp.DIGITS; i++) {
      buffer.put(end - i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
  }

  /** How many bytes the payloads have, on average. */
  static double averagePayload() {
    Random random = new Random(1);
    long sum = 0;
    for (int i = 0; i < DISTINCT; i++) {
      sum += json(random, random.nextInt(DEVICES), i).length();
    }
    return (double) sum / DISTINCT;
  }
}
