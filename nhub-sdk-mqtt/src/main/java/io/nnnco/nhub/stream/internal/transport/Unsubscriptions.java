package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UNSUBSCRIBEs of one connection, until their responses arrive. Thread-safe. */
public final class Unsubscriptions {
  private static final Logger log = LoggerFactory.getLogger(Unsubscriptions.class);

  /** The SUBSCRIBE has 1. */
  private static final int FIRST_ID = 2;

  /** So that no packet is too large for a server. */
  private static final int FILTERS_AT_ONCE = 50;

  private final Map<Integer, List<String>> pending = new HashMap<>();
  private int nextId = FIRST_ID;

  /** The packets that unsubscribe from filters. */
  public synchronized List<byte[]> packets(MqttVersion version, List<String> filters) {
    List<byte[]> packets = new ArrayList<>();
    for (int from = 0; from < filters.size(); from += FILTERS_AT_ONCE) {
      int to = Math.min(from + FILTERS_AT_ONCE, filters.size());
      List<String> some = List.copyOf(filters.subList(from, to));
      pending.put(nextId, some);
      packets.add(PacketWriter.unsubscribe(version, nextId, some));
      nextId = nextId == 0xFFFF ? FIRST_ID : nextId + 1;
    }
    return packets;
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
