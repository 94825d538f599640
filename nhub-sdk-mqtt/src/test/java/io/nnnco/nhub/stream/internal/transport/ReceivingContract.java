package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How messages come, and acknowledgements leave. */
abstract class ReceivingContract extends ContractFixture {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  ReceivingContract(Engine engine) {
    super(engine);
  }

  @Test
  void message_arrivesUnchanged() {
    subscribe(request());
    byte[] payload = {0, 1, (byte) 0xFF, 'x'};
    fake.publish(TOPIC, payload);

    InboundMessage message = listener.takeMessage();
    assertEquals(TOPIC, message.topic());
    assertArrayEquals(payload, message.payload());
    assertEquals(Qos.AT_LEAST_ONCE, message.qos());
    assertTrue(message.packetId() > 0);
    assertFalse(message.duplicate());
  }

  @Test
  void userProperties_whereTheVersionHasThem_comeInTheOrderSent() {
    subscribe(request());
    fake.publish(
        FakeMessage.uplink("ABC123")
            .userProperty("traceparent", TRACE)
            .userProperty("tag", "水")
            .userProperty("tag", ""));
    fake.publish(FakeMessage.uplink("ABC123"));

    List<UserProperty> sent =
        List.of(
            new UserProperty("traceparent", TRACE),
            new UserProperty("tag", "水"),
            new UserProperty("tag", ""));
    boolean forwarded = fake.connects().take(SOON).protocolLevel() == 5;
    assertEquals(forwarded ? sent : List.of(), listener.takeMessage().userProperties().list());
    assertEquals(List.of(), listener.takeMessage().userProperties().list());
  }

  @Test
  void emptyPayloadAndNonAsciiTopic_arriveUnchanged() {
    subscribe(request().filters("v4/groups/nnn.acme.master/#"));
    fake.publish("v4/groups/nnn.acme.master/Zähler-水-🌡/uplinks", new byte[0]);
    InboundMessage message = listener.takeMessage();
    assertEquals("v4/groups/nnn.acme.master/Zähler-水-🌡/uplinks", message.topic());
    assertEquals(0, message.payload().length);
  }

  @Test
  void qos0_hasNoPacketId() {
    subscribe(request().qos(Qos.AT_MOST_ONCE));
    fake.publish(TOPIC, "hello");
    InboundMessage message = listener.takeMessage();
    assertEquals(Qos.AT_MOST_ONCE, message.qos());
    assertEquals(0, message.packetId());
    assertEquals(0, fake.subscriptions().take(SOON).requestedQos());
  }

  @Test
  void largeMessages_arriveWhole() {
    Transport transport = subscribe(request());
    Random random = new Random(1);
    for (int size : new int[] {127, 128, 16_383, 16_384, 65_536, 1_048_576, 2_000_000}) {
      byte[] payload = new byte[size];
      random.nextBytes(payload);
      fake.publish(TOPIC, payload);
      InboundMessage message = listener.takeMessage();
      assertArrayEquals(payload, message.payload());
      transport.acknowledge(message.packetId());
    }
  }

  @Test
  void manyMessages_arriveOnceEachAndInOrder() {
    Transport transport = create(request().receiveMaximum(100).build(), listener, timer);
    listener.onMessage(message -> transport.acknowledge(message.packetId()));
    transport.open();
    listener.awaitSubscribed();
    publish(5_000);

    List<InboundMessage> messages = listener.takeMessages(5_000);
    assertEquals(
        IntStream.range(0, 5_000).mapToObj(i -> "message " + i).toList(),
        messages.stream().map(ContractFixture::text).toList());
    eventually(() -> fake.acks().all().size() == 5_000, () -> "acks: " + fake.acks().all().size());
    transport.abort();
  }

  @Test
  void acknowledge_sendsInTheOrderOfTheCalls() {
    Transport transport = subscribe(request());
    publish(50);
    List<Integer> ids =
        listener.takeMessages(50).stream().map(InboundMessage::packetId).sorted().toList();
    ids.forEach(transport::acknowledge);

    eventually(() -> fake.acks().all().size() == 50, () -> "acks: " + fake.acks().all());
    assertEquals(ids, fake.acks().all().stream().map(AckRecord::packetId).toList());
  }

  @Test
  void acknowledge_outOfArrivalOrder_keepsTheOrderOfTheCalls() {
    Transport transport = subscribe(request());
    publish(3);
    List<Integer> ids = listener.takeMessages(3).stream().map(InboundMessage::packetId).toList();
    List<Integer> order = List.of(ids.get(2), ids.get(0), ids.get(1));
    order.forEach(transport::acknowledge);

    eventually(() -> fake.acks().all().size() == 3, () -> "acks: " + fake.acks().all());
    assertEquals(order, fake.acks().all().stream().map(AckRecord::packetId).toList());
  }

  @Test
  void aSingleAcknowledgement_isSentWithoutWaitingForAnother() {
    Transport transport = subscribe(request());
    publish(1);
    transport.acknowledge(listener.takeMessage().packetId());
    assertEquals(TOPIC, fake.acks().take(SOON).topic());
  }

  @Test
  void unacknowledgedMessage_isSentAgainOnTheNextConnectionOfTheSession() {
    Transport first = subscribe(request().resuming());
    publish(2);
    List<InboundMessage> messages = listener.takeMessages(2);
    first.acknowledge(messages.get(0).packetId());
    fake.acks().take(SOON);
    first.abort();
    listener.awaitClosed();

    RecordingListener again = new RecordingListener();
    open(request().resuming().build(), again);
    assertTrue(again.awaitConnected(), "session present");
    InboundMessage redelivered = again.takeMessage();
    assertEquals("message 1", text(redelivered));
    assertEquals(messages.get(1).packetId(), redelivered.packetId());
    assertTrue(redelivered.duplicate());
    again.awaitSubscribed();
  }

  @Test
  void unsubscribe_removesFiltersThatTheSessionStillHas() {
    String all = "v4/groups/nnn.acme.master/#";
    subscribe(request().resuming().filters(all)).abort();
    listener.awaitClosed();

    RecordingListener again = new RecordingListener();
    Transport second = open(request().resuming().build(), again);
    again.awaitSubscribed();
    String join = TOPIC.replace("uplinks", "joins");
    fake.publish(join, "a join");
    assertEquals(join, again.takeMessage().topic());

    second.unsubscribe(List.of(all, "never/asked"));
    boolean tellsWhich = fake.connects().take(SOON).protocolLevel() == 5;
    assertEquals(tellsWhich ? List.of(all) : List.of(all, "never/asked"), again.takeUnsubscribed());
    fake.publish(join, "another join");
    fake.publish(TOPIC, "an uplink");
    assertEquals("an uplink", text(again.takeMessage()));
  }

  @Test
  void receiveMaximum_limitsWhatTheBridgeSends() {
    Transport transport = subscribe(request().receiveMaximum(5));
    publish(20);
    List<InboundMessage> first = listener.takeMessages(5);
    fake.publish(TOPIC, "qos 0".getBytes(UTF_8), 0);
    if (fake.connects().take(SOON).protocolLevel() == 5) {
      assertEquals("qos 0", text(listener.takeMessage()), "passes the held back ones");
    }
    first.forEach(message -> transport.acknowledge(message.packetId()));
    listener.takeMessages(5);
  }
}
