package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "authentication data without a method, 101200044d5154540502003c0416000164000161, 82",
    "a response topic with a wildcard, 300b00017406080003612f2378, 82",
    "an empty response topic, 30080001740308000078, 82",
    "a wildcard in a topic, 30070003742f230078, 82",
    "a null in a topic, 300700036100620078, 81",
    "an empty topic, 300400000078, 82",
    "a duplicate with QoS 0, 38050001740078, 81",
    "a message to be retained, 31050001740078, 9a",
    "a filter with # inside, 820b0001000005612f232f6201, 81",
    "a PUBACK with a code of a SUBACK, 4003000701, 82",
    "a PUBACK with a code of a DISCONNECT, 400300078e, 82",
  })
  void packet_thatBreaksARule_isToldWithItsCode(String name, String packet, String code)
      throws IOException {
    boolean isConnect = packet.startsWith("10");
    TestClient client = fixture.open(5);
    if (!isConnect) {
      client.accepted(Connect.as("a"));
    }

    client.socket().getOutputStream().write(HexFormat.of().parseHex(packet));

    Packet end = client.read(isConnect ? Packet.CONNACK : Packet.DISCONNECT);
    assertEquals(HexFormat.fromHexDigits(code), end.at(isConnect ? 1 : 0), name);
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
