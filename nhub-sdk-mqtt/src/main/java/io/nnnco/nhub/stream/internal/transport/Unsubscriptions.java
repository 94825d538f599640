package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UNSUBSCRIBEs of one connection, until their responses arrive. Thread-safe. */
public final class Unsubscriptions {
  private static final Logger log = LoggerFactory.getLogger(Unsubscriptions.class);

  private static final int FIRST_ID = PacketWriter.SUBSCRIBE_ID + 1;

  /** So that no packet is too large for a server that does not say what is. */
  private static final int FILTERS_AT_ONCE = 50;

  private final Map<Integer, List<String>> pending = new HashMap<>();
  private int nextId = FIRST_ID;
  private long maximumPacketSize = Long.MAX_VALUE;

  /** CONNACK came. */
  public synchronized void connected(ServerTerms terms) {
    maximumPacketSize = terms.maximumPacketSize();
  }

  /** The packets that unsubscribe from filters, but for those that the server could not read. */
  public synchronized List<byte[]> packets(MqttVersion version, List<String> filters) {
    List<byte[]> packets = new ArrayList<>();
    List<String> some = new ArrayList<>();
    for (String filter : filters) {
      if (!fit(version, List.of(filter))) {
        log.warn(
            "The bridge continues to send {}: it accepts no packet that is large enough to"
                + " unsubscribe from it",
            ForeignText.shown(filter));
        continue;
      }
      some.add(filter);
      if (some.size() > FILTERS_AT_ONCE || !fit(version, some)) {
        packets.add(packet(version, some.subList(0, some.size() - 1)));
        some = new ArrayList<>(List.of(filter));
      }
    }
    if (!some.isEmpty()) {
      packets.add(packet(version, some));
    }
    return packets;
  }

  private boolean fit(MqttVersion version, List<String> filters) {
    return PacketWriter.unsubscribeLength(version, filters) <= maximumPacketSize;
  }

  private byte[] packet(MqttVersion version, List<String> filters) {
    List<String> some = List.copyOf(filters);
    pending.put(nextId, some);
    byte[] packet = PacketWriter.unsubscribe(version, nextId, some);
    nextId = nextId == 0xFFFF ? FIRST_ID : nextId + 1;
    return packet;
  }

  /**
   * The filters that the server has removed. MQTT 3.1.1 does not say which it had, so with it,
   * these are all that were requested.
   */
  public synchronized List<String> acknowledged(Packet.Unsuback unsuback)
      throws MalformedPacketException {
    List<String> asked = pending.remove(unsuback.packetId());
    int[] codes = unsuback.codes();
    if (asked == null || codes.length == 0) {
      return asked == null ? List.of() : asked;
    }
    if (codes.length != asked.size()) {
      throw MalformedPacketException.protocol("An UNSUBACK does not match the UNSUBSCRIBE");
    }
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] == 0) {
        dropped.add(asked.get(i));
      } else if (codes[i] >= ReasonCode.UNSPECIFIED_ERROR.value()) {
        log.warn(
            "The bridge continues to send {}: {}",
            ForeignText.shown(asked.get(i)),
            ReasonCode.of(codes[i]));
      }
    }
    return dropped;
  }
}
