package io.nnnco.nhub.stream.internal.transport.packet;

import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.hex;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.packet;
import static io.nnnco.nhub.stream.internal.transport.packet.PacketBytes.readAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5 section 3.3.2.3.7. */
class UserPropertiesTest {
  private static InboundMessage read(MqttVersion version, byte[] bytes)
      throws IOException, MalformedPacketException {
    List<Packet> packets = readAll(new PacketReader(version), new ByteArrayInputStream(bytes));
    assertEquals(1, packets.size());
    return assertInstanceOf(Packet.Publish.class, packets.get(0)).message();
  }

  /** A PUBLISH of QoS 0 on the topic a, with this section of properties and the payload h. */
  private static byte[] publish(String properties) {
    return packet(
        "30", "0001 61" + String.format("%02X", hex(properties).length) + properties + "68");
  }

  private static InboundMessage read5(String properties) throws Exception {
    return read(MqttVersion.MQTT_5, publish(properties));
  }

  @Test
  void publish_withUserProperties_hasThemInTheOrderSent_withThoseThatRepeatAName()
      throws Exception {
    InboundMessage message =
        read5(
            "26 0001 6B 0001 31" // k=1
                + "03 0001 74" // a content type
                + "26 0001 6A 0000" // j=
                + "26 0001 6B 0001 32" // k=2
                + "0B 07" // a subscription identifier
                + "26 0001 6B 0001 31"); // k=1
    assertEquals(
        List.of(
            new UserProperty("k", "1"),
            new UserProperty("j", ""),
            new UserProperty("k", "2"),
            new UserProperty("k", "1")),
        message.userProperties().list());
    assertArrayEquals(hex("68"), message.payload());
  }

  @Test
  void publish_withUserPropertiesOfAnyAlphabet_hasThemUnchanged() throws Exception {
    InboundMessage message = read5("26 0003 C3A9 61 0004 F09F8CA1");
    assertEquals(List.of(new UserProperty("éa", "🌡")), message.userProperties().list());
  }

  /** So that they cost nothing where there are none. */
  @ParameterizedTest
  @ValueSource(strings = {"", "03 0001 74", "01 01 02 00000001 0B 07"})
  void publish_withoutUserProperties_sharesThoseOfAllOthers(String properties) throws Exception {
    InboundMessage message = read5(properties);
    assertSame(UserProperties.NONE, message.userProperties());
    assertEquals(List.of(), message.userProperties().list());
    assertEquals(0, message.userProperties().heldBytes());
  }

  @Test
  void publish_311_hasNone_whateverItsPayloadLooksLike() throws Exception {
    byte[] bytes = publish("26 0001 6B 0001 31");
    InboundMessage message = read(MqttVersion.MQTT_3_1_1, bytes);
    assertSame(UserProperties.NONE, message.userProperties());
    assertEquals(bytes.length - 5, message.payload().length);
  }

  @ParameterizedTest
  @CsvSource({
    "26 0001 6B 0002 C328, 81", // a value that is not UTF-8
    "26 0002 C328 0001 31, 81", // a name that is not
    "26 0001 6B 0001 00, 81", // U+0000
    "26 0003 610062 0001 31, 81",
    "26 0001 6B 0002 C080, 81", // U+0000 in more bytes than it needs
    "26 0001 6B 0003 EDA080, 81", // a surrogate
    "26 0001 6B 0009 31, 81", // longer than the section
    "26 0001 6B, 81", // without a value
    "26 0001, 81",
    "26, 81",
    "26 0001 6B 0001 31 26 0001 6B 0001 FF, 81" // the second of two
  })
  void publish_withAMalformedUserProperty_isMalformed(String properties, String code) {
    ReasonCode told =
        assertThrows(MalformedPacketException.class, () -> read5(properties)).reasonCode();
    assertEquals(Integer.parseInt(code, 16), told.value());
  }

  /** As objects they would take more than ten times as much. */
  @Test
  void packetFullOfEmptyUserProperties_isHeldInNoMoreThanItsBytes() throws Exception {
    int count = 20_000;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(hex("0001 61 A08D06")); // 5 times 20,000 bytes of properties
    for (int i = 0; i < count; i++) {
      body.writeBytes(hex("26 0000 0000"));
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(hex("30 A68D06"));
    packet.writeBytes(body.toByteArray());

    InboundMessage message = read(MqttVersion.MQTT_5, packet.toByteArray());
    assertEquals(count, message.userProperties().list().size());
    assertEquals(5L * count + 2, message.heldBytes(), "and the topic");
  }

  @Test
  void list_isUnmodifiable() {
    List<UserProperty> list = PublishedProperties.of("a", "1", "b", "2").list();
    assertTrue(list.contains(new UserProperty("b", "2")));
    assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
  }
}
