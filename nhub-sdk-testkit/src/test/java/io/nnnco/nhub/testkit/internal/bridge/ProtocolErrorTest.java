package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT calls a protocol error ends the connection, so that its author learns of it. */
class ProtocolErrorTest {
  private static final int PROTOCOL_ERROR = 0x82;

  private final BridgeFixture fixture = new BridgeFixture();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private void assertEnded(TestClient client) throws IOException, InterruptedException {
    assertEquals(PROTOCOL_ERROR, client.read(Packet.DISCONNECT).at(0));
    client.readEnd();
    assertEquals(Cause.PROTOCOL_ERROR, BridgeFixture.take(fixture.disconnects).cause());
  }

  @ParameterizedTest
  @ValueSource(strings = {"210000", "2700000000"})
  void connect_aMaximumOfNothing_isRefused(String property) throws IOException {
    TestClient client = fixture.open(5);

    Packet connack = client.connect(Connect.as("a").with(HexFormat.of().parseHex(property)));

    assertEquals(PROTOCOL_ERROR, connack.at(1));
  }

  @Test
  void subscribe_withIdentifierZero_endsTheConnection() throws IOException, InterruptedException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.send(subscribe(Packet.bytes(2, 0x0B, 0), BridgeFixture.UPLINKS, 1));

    assertEnded(client);
  }

  @Test
  void subscribe_sharedWithNoLocal_endsTheConnection() throws IOException, InterruptedException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));
    int noLocal = 4;

    client.send(subscribe(Packet.bytes(0), "$share/g/" + BridgeFixture.UPLINKS, noLocal | 1));

    assertEnded(client);
  }

  @Test
  void unsubscribe_withoutAFilter_endsTheConnection() throws IOException, InterruptedException {
    TestClient client = fixture.open(5).accepted(Connect.as("a"));

    client.send(Packet.of(Packet.UNSUBSCRIBE, 2, Packet.bytes(0, 1), Packet.bytes(0)));

    assertEnded(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4/groups/nnn.acme.master/+/uplinks", "a\0b", "\ud800"})
  void publish_onNoTopic_isAMistake(String topic) {
    assertThrows(
        IllegalArgumentException.class, () -> fixture.bridge.publish(topic, new byte[0], 1));
  }

  private static Packet subscribe(byte[] properties, String filter, int options) {
    return Packet.of(
        Packet.SUBSCRIBE,
        2,
        Packet.bytes(0, 1),
        properties,
        Packet.string(filter),
        Packet.bytes(options));
  }
}
