package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.testkit.BridgeFault.HalfOpen;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.Occurrence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets as the bridge writes and counts them, byte by byte. */
class WireFormatTest {
  private final BridgeFixture fixture = new BridgeFixture();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  /** A reason of 66 characters, the most that is sent: three bytes each. */
  @Test
  void connackRefusing_longestReasonBeyondAscii_isWellFormed() throws IOException {
    String reason = "\u65e5".repeat(66);
    fixture.bridge.inject(new RefuseConnect(0x88, reason), Occurrence.once());
    TestClient client = fixture.open(5);

    Packet connack = client.connect(Connect.as("a"));

    byte[] text = Packet.string(reason);
    byte[] properties = Packet.of(0, 0, Packet.bytes(0x1F), text).encoded();
    Packet expected =
        Packet.of(
            Packet.CONNACK,
            0,
            Packet.bytes(0, 0x88),
            Arrays.copyOfRange(properties, 1, properties.length));
    assertEquals(expected.hex(), connack.hex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"d1/uplinks", "a-device-with-a-rather-long-identifier/uplinks", "\u65e5/uplinks"})
  void publish_exactlyAsLargeAsTheClientTakes_isSent(String topic) throws IOException {
    String payload = "x".repeat(100);
    TestClient any = fixture.subscriber("any");
    fixture.publish(topic, payload, 1);
    int size = any.read(Packet.PUBLISH).encoded().length;
    TestClient fits = fixture.subscriber(5, maximumPacketSize("fits", size));
    TestClient tooSmall = fixture.subscriber(5, maximumPacketSize("too-small", size - 1));

    Map<String, ClientDelivery.State> states =
        fixture.publish(topic, payload, 1).deliveries().stream()
            .collect(Collectors.toMap(ClientDelivery::clientId, ClientDelivery::state));

    assertEquals(ClientDelivery.State.SENT, states.get("fits"));
    assertEquals(ClientDelivery.State.DROPPED, states.get("too-small"));
    fits.read(Packet.PUBLISH);
    tooSmall.ping();
    tooSmall.read(Packet.PINGRESP);
  }

  private static Connect maximumPacketSize(String clientId, int bytes) {
    return Connect.as(clientId).with(ByteBuffer.allocate(5).put((byte) 0x27).putInt(bytes).array());
  }

  @Test
  void halfOpenAtPuback_thatAndWhatCameWithIt_isNotTakenNoteOf() throws IOException {
    TestClient client = fixture.subscriber("a");
    fixture.publish("m1");
    fixture.publish("m2");
    int first = client.read(Packet.PUBLISH).packetId();
    int second = client.read(Packet.PUBLISH).packetId();
    fixture.bridge.inject(new HalfOpen(Moment.PUBACK), Occurrence.once());
    ByteBuffer both = ByteBuffer.allocate(8);
    both.put(Packet.of(Packet.PUBACK, 0, Packet.bytes(0, first)).encoded());
    both.put(Packet.of(Packet.PUBACK, 0, Packet.bytes(0, second)).encoded());

    client.socket().getOutputStream().write(both.array());
    while (!fixture.bridge.sessions().get(0).deaf()) {
      Thread.onSpinWait();
    }

    assertEquals(2, fixture.bridge.sessions().get(0).unacknowledged().size());
    assertEquals(List.of(), List.copyOf(fixture.acks));
  }
}
