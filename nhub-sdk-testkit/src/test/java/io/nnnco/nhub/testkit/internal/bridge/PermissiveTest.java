package io.nnnco.nhub.testkit.internal.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissive switch: no scope, and clients may publish. */
class PermissiveTest {
  private final BridgeFixture fixture =
      new BridgeFixture(options -> options.withPolicy(BridgePolicy.STRICT.withPermissive()));

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static Packet publish(int level, int flags, String properties, String payload) {
    byte[] id = (flags & 6) == 0 ? new byte[0] : Packet.bytes(0, 7);
    byte[] propertyBytes = HexFormat.of().parseHex(properties);
    return Packet.of(
        Packet.PUBLISH,
        flags,
        Packet.string("any/topic"),
        id,
        level == 5 ? Packet.bytes(propertyBytes.length) : new byte[0],
        propertyBytes,
        payload.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void publish_qos1_isDeliveredAndAcknowledged(int level) throws IOException {
    TestClient subscriber = fixture.open(level).accepted(Connect.as("s"));
    assertEquals(1, subscriber.subscribe("any/#", 1));
    TestClient publisher = fixture.open(level).accepted(Connect.as("p"));

    publisher.send(publish(level, 2, "", "hello"));

    Packet puback = publisher.read(Packet.PUBACK);
    assertEquals(7, puback.shortAt(0));
    assertEquals("hello", subscriber.read(Packet.PUBLISH).text(level));
  }

  @Test
  void publish_toNobody_isAcknowledgedWithNoMatchingSubscribers() throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));

    publisher.send(publish(5, 2, "", "hello"));

    assertEquals(0x10, publisher.read(Packet.PUBACK).at(2));
  }

  @Test
  void publish_properties_areHandedOn() throws IOException {
    TestClient subscriber = fixture.open(5).accepted(Connect.as("s"));
    subscriber.subscribe("any/#", 0);
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));
    String format = "0101";
    String contentType = "03000474657874";
    String responseTopic = "0800037265 70".replace(" ", "");
    String correlation = "090002cafe";
    String user = "260001610001 62".replace(" ", "");

    publisher.send(
        publish(5, 0, format + contentType + responseTopic + correlation + user, "hello"));

    String rest = HexFormat.of().formatHex(subscriber.read(Packet.PUBLISH).rest());
    for (String property : new String[] {format, contentType, responseTopic, correlation, user}) {
      assertTrue(rest.contains(property), property + " in " + rest);
    }
  }

  /** MQTT-3.3.2-17 and 18; MQTT 3.1.1 has no place for them. */
  @Test
  @Tag("M15")
  void publish_userProperties_areHandedOnInTheirOrder_butNotToMqtt311() throws IOException {
    TestClient subscriber = fixture.open(5).accepted(Connect.as("s5"));
    subscriber.subscribe("any/#", 0);
    TestClient older = fixture.open(4).accepted(Connect.as("s4"));
    older.subscribe("any/#", 0);
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));
    String user = "26000162000131" + "26000161000132" + "26000162000131" + "26000162000133";

    publisher.send(publish(5, 0, user, "hello"));

    String rest = HexFormat.of().formatHex(subscriber.read(Packet.PUBLISH).rest());
    assertEquals("1c" + user + HexFormat.of().formatHex("hello".getBytes(UTF_8)), rest);
    assertEquals("hello", older.read(Packet.PUBLISH).text(4));
  }

  @Test
  void publish_retained_comesToALaterSubscriberAfterItsSuback() throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));
    publisher.send(publish(5, 3, "", "kept"));
    publisher.read(Packet.PUBACK);
    TestClient subscriber = fixture.open(5).accepted(Connect.as("s"));

    subscriber.subscribe("any/#", 1);

    Packet retained = subscriber.read(Packet.PUBLISH);
    assertEquals("kept", retained.text(5));
    assertEquals(1, retained.flags & 1);
  }

  @Test
  void publish_topicAlias_isRefused() throws IOException {
    TestClient publisher = fixture.open(5).accepted(Connect.as("p"));

    publisher.send(publish(5, 0, "230001", "hello"));

    assertEquals(0x94, publisher.read(Packet.DISCONNECT).at(0));
  }

  @Test
  @Tag("M12")
  void subscribe_outsideTheEnterpriseWhereThatIsGranted_getsOnlyItsOwn() throws IOException {
    try (BridgeFixture silent =
        new BridgeFixture(
            options -> options.withPolicy(BridgePolicy.STRICT.withForeignFiltersGranted()))) {
      TestClient client = silent.open(5).accepted(Connect.as("a"));
      assertEquals(1, client.subscribe("v4/groups/+/+/uplinks", 1));

      silent.bridge.publish("v4/groups/nnn.other.master/d/uplinks", new byte[1], 1);
      silent.publish("own");

      assertEquals("own", client.read(Packet.PUBLISH).text(5));
    }
  }

  @Test
  @Tag("M12")
  void subscribe_sharedWithAnotherEnterprise_takesNoneOfItsMessages() throws IOException {
    try (BridgeFixture silent =
        new BridgeFixture(
            options -> options.withPolicy(BridgePolicy.STRICT.withForeignFiltersGranted()))) {
      String everyEnterprise = "$share/workers/v4/groups/+/+/uplinks";
      TestClient own = silent.open(5).accepted(Connect.as("own"));
      own.subscribe(everyEnterprise, 1);
      TestClient other =
          silent.anonymous(5).accepted(Connect.as("other").login("svc-other", "right"));
      assertEquals(1, other.subscribe(everyEnterprise, 1));

      for (int i = 0; i < 4; i++) {
        assertEquals("own", silent.publish("turn " + i).deliveries().get(0).clientId());
      }
    }
  }
}
