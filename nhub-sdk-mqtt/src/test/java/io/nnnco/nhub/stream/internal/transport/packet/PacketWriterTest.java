package io.nnnco.nhub.stream.internal.transport.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Byte by byte, against the layouts of the specifications. */
class PacketWriterTest {
  private static final FakeNHub FAKE = FakeNHub.builder().leakCheck(false).start();

  @AfterAll
  static void close() {
    FAKE.close();
  }

  private static ConnectRequest request(Credentials credentials) {
    return new ConnectRequest(
        "localhost",
        8883,
        credentials,
        "id",
        true,
        Duration.ofSeconds(300),
        Duration.ofSeconds(60),
        1_000,
        List.of("a/+"),
        Qos.AT_LEAST_ONCE,
        null,
        null);
  }

  private static void assertBytes(String expected, byte[] actual) {
    assertEquals(
        expected.replace(" ", "").toLowerCase(Locale.ROOT), HexFormat.of().formatHex(actual));
  }

  @Test
  void connect_5_asksForExpiryWindowAndSize() {
    assertBytes(
        "10 1C 0004 4D515454 05 02 003C 0D 11 0000012C 21 03E8 27 00200000 0002 6964",
        PacketWriter.connect(request(FAKE.identity()), MqttVersion.MQTT_5, true));
  }

  @Test
  void connect_311_hasFlagsAlone() {
    assertBytes(
        "10 0E 0004 4D515454 04 00 003C 0002 6964",
        PacketWriter.connect(request(FAKE.identity()), MqttVersion.MQTT_3_1_1, false));
  }

  @Test
  void connect_withUsernameAndToken_carriesBoth() {
    var user = FAKE.usernamePassword();
    byte[] packet = PacketWriter.connect(request(user), MqttVersion.MQTT_3_1_1, true);
    String text = new String(packet, StandardCharsets.ISO_8859_1);
    assertEquals(0xC2, packet[text.indexOf("MQTT") + 5] & 0xFF);
    int name = text.indexOf(user.username());
    assertEquals(user.username().length(), packet[name - 1]);
    assertEquals(
        text.length() - user.password().reveal().length(), text.indexOf(user.password().reveal()));
  }

  @Test
  void subscribe_hasAllFiltersWithTheirQos() {
    List<String> filters = List.of("a/+", "b");
    assertBytes(
        "82 0D 0001 00 0003 612F2B 01 0001 62 01",
        PacketWriter.subscribe(MqttVersion.MQTT_5, filters, Qos.AT_LEAST_ONCE));
    assertBytes(
        "82 0C 0001 0003 612F2B 00 0001 62 00",
        PacketWriter.subscribe(MqttVersion.MQTT_3_1_1, filters, Qos.AT_MOST_ONCE));
  }

  @Test
  void unsubscribe_hasAllFilters() {
    List<String> filters = List.of("a/+", "b");
    assertBytes(
        "A2 0B 0002 00 0003 612F2B 0001 62",
        PacketWriter.unsubscribe(MqttVersion.MQTT_5, 2, filters));
    assertBytes(
        "A2 0A 0002 0003 612F2B 0001 62",
        PacketWriter.unsubscribe(MqttVersion.MQTT_3_1_1, 2, filters));
  }

  @Test
  void lengths_areThoseOfThePackets() {
    for (int size :
        new int[] {1, 100, 116, 117, 119, 120, 121, 122, 16_376, 16_377, 16_378, 60_000}) {
      List<String> filters = List.of("ä€", "x".repeat(size));
      for (MqttVersion version : MqttVersion.values()) {
        assertEquals(
            PacketWriter.subscribe(version, filters, Qos.AT_LEAST_ONCE).length,
            PacketWriter.subscribeLength(version, filters));
        assertEquals(
            PacketWriter.unsubscribe(version, 2, filters).length,
            PacketWriter.unsubscribeLength(version, filters));
      }
    }
  }

  @Test
  void disconnect_saysWhyAndForHowLong_in5() {
    assertBytes(
        "E0 07 00 05 11 00000000",
        PacketWriter.disconnect(MqttVersion.MQTT_5, ReasonCode.NORMAL_DISCONNECTION, 0));
    assertBytes(
        "E0 02 81 00",
        PacketWriter.disconnect(MqttVersion.MQTT_5, ReasonCode.MALFORMED_PACKET, null));
    assertBytes(
        "E0 00", PacketWriter.disconnect(MqttVersion.MQTT_3_1_1, ReasonCode.MALFORMED_PACKET, 0));
  }

  @Test
  void pingreq_isTwoBytes() {
    assertBytes("C0 00", PacketWriter.pingreq());
  }

  @Test
  void stringThatIsTooLong_isMisuse() {
    List<String> filters = List.of("x".repeat(70_000));
    assertThrows(
        IllegalArgumentException.class,
        () -> PacketWriter.subscribe(MqttVersion.MQTT_5, filters, Qos.AT_LEAST_ONCE));
  }
}
