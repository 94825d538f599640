package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import io.nnnco.nhub.testkit.FakeNHub;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every engine does, against a bridge that keeps all rules. */
abstract class TransportContract extends TransportFixture {
  private static final Duration SOON = RecordingListener.PATIENCE;

  final FakeNHub fake = FakeNHub.builder().leakCheck(false).start();

  @AfterEach
  void closeFake() {
    fake.close();
  }

  private Request request() {
    return to("localhost", fake.environment().mqttPort(), fake.identity(DEFAULT_ENTERPRISE));
  }

  private Transport subscribe(Request request) {
    Transport transport = open(request.build());
    listener.awaitSubscribed();
    return transport;
  }

  private void publish(int count) {
    IntStream.range(0, count).forEach(i -> fake.publish(TOPIC, "message " + i));
  }

  private static String text(InboundMessage message) {
    return new String(message.payload(), UTF_8);
  }

  @Test
  void open_goesThroughItsPhasesToTheStream() {
    Transport transport = create(request().build(), listener, timer);
    assertEquals(Phase.PREPARE, transport.phase());
    transport.open();
    listener.awaitSubscribed();

    assertEquals(Phase.STREAM, transport.phase());
    assertEquals(List.of("connected", "subscribed"), listener.heard());
    transport.abort();
    listener.awaitClosed();
  }

  @Test
  void open_sendsWhatTheRequestSays() {
    Request request = request().keepAlive(17).receiveMaximum(23).filters(FILTER, TOPIC);
    request.sessionExpiry = Duration.ofSeconds(77);
    subscribe(request);

    ConnectRecord connect = fake.connects().take(SOON);
    assertEquals(clientId, connect.clientId());
    assertEquals(Duration.ofSeconds(17), connect.keepAlive());
    assertEquals(fake.identity(DEFAULT_ENTERPRISE).fingerprint(), connect.certificateFingerprint());
    assertEquals(
        List.of(FILTER, TOPIC),
        fake.subscriptions().all().stream().map(granted -> granted.filter()).toList());
    assertEquals(1, fake.subscriptions().take(SOON).requestedQos());
    if (connect.protocolLevel() == 5) { // 3.1.1 cannot say these
      assertTrue(connect.cleanStart());
      assertEquals(23, connect.receiveMaximum());
      assertEquals(Duration.ofSeconds(77), connect.sessionExpiry());
    }
  }

  @Test
  void usernameAndToken_areSent() {
    var credentials = fake.usernamePassword(DEFAULT_ENTERPRISE);
    open(to("localhost", fake.environment().mqttPort(), credentials).build());
    listener.awaitSubscribed();
    assertEquals(credentials.username(), fake.connects().take(SOON).username());
  }

  @Test
  void message_comesAsItWasSent() {
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
  void emptyPayload_andTopicBeyondAscii_comeAsTheyWereSent() {
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
  void bigMessages_comeWhole() {
    Transport transport = subscribe(request());
    Random random = new Random(1);
    for (int size : new int[] {127, 128, 16_383, 16_384, 65_536, 2_097_152, 5_000_000}) {
      byte[] payload = new byte[size];
      random.nextBytes(payload);
      fake.publish(TOPIC, payload);
      InboundMessage message = listener.takeMessage();
      assertArrayEquals(payload, message.payload());
      transport.acknowledge(message.packetId());
    }
  }

  @Test
  void manyMessages_comeOnceEachAndInOrder() {
    Transport transport = create(request().receiveMaximum(100).build(), listener, timer);
    listener.onMessage(message -> transport.acknowledge(message.packetId()));
    transport.open();
    listener.awaitSubscribed();
    publish(5_000);

    List<InboundMessage> messages = listener.takeMessages(5_000);
    assertEquals(
        IntStream.range(0, 5_000).mapToObj(i -> "message " + i).toList(),
        messages.stream().map(TransportContract::text).toList());
    eventually(() -> fake.acks().all().size() == 5_000, () -> "acks: " + fake.acks().all().size());
    transport.abort();
  }

  @Test
  void acknowledge_leavesInTheOrderOfTheCalls() {
    Transport transport = subscribe(request());
    publish(50);
    List<Integer> ids =
        listener.takeMessages(50).stream().map(InboundMessage::packetId).sorted().toList();
    ids.forEach(transport::acknowledge);

    eventually(() -> fake.acks().all().size() == 50, () -> "acks: " + fake.acks().all());
    assertEquals(ids, fake.acks().all().stream().map(AckRecord::packetId).toList());
  }

  @Test
  void acknowledge_outOfArrivalOrder_isNotSortedBehindTheCallersBack() {
    Transport transport = subscribe(request());
    publish(3);
    List<Integer> ids = listener.takeMessages(3).stream().map(InboundMessage::packetId).toList();
    List<Integer> order = List.of(ids.get(2), ids.get(0), ids.get(1));
    order.forEach(transport::acknowledge);

    eventually(() -> fake.acks().all().size() == 3, () -> "acks: " + fake.acks().all());
    assertEquals(order, fake.acks().all().stream().map(AckRecord::packetId).toList());
  }

  @Test
  void aSingleAcknowledgement_leavesWithoutWaitingForAnother() {
    Transport transport = subscribe(request());
    publish(1);
    transport.acknowledge(listener.takeMessage().packetId());
    assertEquals(TOPIC, fake.acks().take(SOON).topic());
  }

  @Test
  void unacknowledged_comesAgainOnTheNextConnectionOfTheSession() {
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
  void cleanStart_dropsTheSession() {
    subscribe(request().resuming()).abort();
    listener.awaitClosed();
    RecordingListener again = new RecordingListener();
    open(request().build(), again);
    assertFalse(again.awaitConnected(), "session present");
  }

  @Test
  void disconnect_keepingTheSession_bringsWhatWasQueued() {
    Transport first = subscribe(request().resuming());
    first.disconnect(false);
    listener.awaitClosed();
    assertEquals(Cause.CLIENT_DISCONNECT, fake.disconnects().take(SOON).cause());
    publish(1);

    RecordingListener again = new RecordingListener();
    open(request().resuming().build(), again);
    assertTrue(again.awaitConnected());
    assertEquals("message 0", text(again.takeMessage()));
  }

  @Test
  void disconnect_endingTheSession_leavesNothingAtTheBridge() {
    Transport first = subscribe(request());
    first.disconnect(true);
    listener.awaitClosed();
    DisconnectRecord end = fake.disconnects().take(SOON);
    assertEquals(Cause.CLIENT_DISCONNECT, end.cause());
    assertEquals(0, end.reasonCode());

    RecordingListener again = new RecordingListener();
    open(request().resuming().build(), again);
    assertFalse(again.awaitConnected(), "session present");
  }

  @Test
  void disconnect_sendsTheAcknowledgementsBeforeIt() {
    Transport transport = subscribe(request());
    publish(200);
    listener.takeMessages(200).forEach(message -> transport.acknowledge(message.packetId()));
    transport.disconnect(true);
    listener.awaitClosed();
    fake.disconnects().take(SOON);
    assertEquals(200, fake.acks().all().size());
  }

  @Test
  void disconnect_whileReadingIsStopped_isSentToo() {
    Transport transport = subscribe(request());
    transport.setReading(false);
    transport.disconnect(false);
    listener.awaitClosed();
    assertEquals(Cause.CLIENT_DISCONNECT, fake.disconnects().take(SOON).cause());
  }

  @Test
  void disconnect_twice_andAbort_tellTheEndOnce() {
    Transport transport = subscribe(request());
    transport.disconnect(true);
    transport.disconnect(true);
    transport.abort();
    listener.awaitClosed();
    transport.abort();
    awaitNoThreads();
    assertEquals(List.of("connected", "subscribed", "closed"), listener.heard());
  }

  @Test
  void disconnect_beforeTheConnectionIsUp_endsItAllTheSame() {
    fake.inject(new BridgeFault.Silence(Moment.CONNECT));
    Transport transport = open(request().build());
    eventually(() -> transport.phase() == Phase.CONNECT, () -> "phase " + transport.phase());
    transport.disconnect(true);
    listener.awaitClosed();
    awaitNoThreads();
  }

  @Test
  void afterTheEnd_everyCallDoesNothing() {
    Transport transport = subscribe(request());
    publish(1);
    InboundMessage message = listener.takeMessage();
    transport.abort();
    listener.awaitClosed();
    transport.acknowledge(message.packetId());
    transport.setReading(false);
    transport.setReading(true);
    transport.disconnect(true);
    transport.abort();
    awaitNoThreads();
    assertEquals(List.of("connected", "subscribed", "closed"), listener.heard());
    assertEquals(List.of(), fake.acks().all());
  }

  @Test
  void nothingIsHeardAfterTheEnd() {
    Transport transport = create(request().qos(Qos.AT_MOST_ONCE).build(), listener, timer);
    listener.onMessage(message -> transport.abort());
    transport.open();
    listener.awaitSubscribed();
    publish(50);
    listener.awaitClosed();
    awaitNoThreads();
    List<String> heard = listener.heardWithMessages();
    assertEquals("closed", heard.get(heard.size() - 1), heard.toString());
  }

  @Test
  void abort_beforeOpen_meansThatNothingIsOpened() {
    Transport transport = create(request().build(), listener, timer);
    transport.abort();
    listener.awaitClosed();
    transport.open();
    awaitNoThreads();
    assertEquals(List.of(), fake.connects().all());
    assertEquals(List.of("closed"), listener.heard());
  }

  @Test
  void abort_duringDns_orRightAfterOpen_endsIt() {
    open(request().build()).abort();
    listener.awaitClosed();
    awaitNoThreads();
    assertEquals("closed", listener.heard().get(listener.heard().size() - 1));
  }

  @Test
  void abort_duringTls_endsIt() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var credentials = fake.identity(DEFAULT_ENTERPRISE);
      abortIn(Phase.TLS, to("localhost", mute.getLocalPort(), credentials));
    }
  }

  @Test
  void abort_duringConnect_endsIt() {
    fake.inject(new BridgeFault.Silence(Moment.CONNECT));
    abortIn(Phase.CONNECT, request());
  }

  @Test
  void abort_duringSubscribe_endsIt() {
    fake.inject(new BridgeFault.Silence(Moment.SUBSCRIBE));
    abortIn(Phase.SUBSCRIBE, request());
  }

  @Test
  void abort_duringTheStream_endsIt() {
    abortIn(Phase.STREAM, request());
    assertEquals(Cause.CONNECTION_LOST, fake.disconnects().take(SOON).cause());
  }

  @Test
  void abort_whileReadingIsStopped_endsIt() {
    Transport transport = subscribe(request());
    transport.setReading(false);
    publish(20);
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
  }

  private void abortIn(Phase phase, Request request) {
    Transport transport = open(request.build());
    eventually(() -> transport.phase() == phase, () -> "phase " + transport.phase());
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
    assertEquals("closed", listener.heard().get(listener.heard().size() - 1));
  }

  @Test
  void setReading_beforeTheSuback_doesNotHoldUpTheSubscription() {
    Transport transport = create(request().build(), listener, timer);
    transport.setReading(false);
    transport.open();
    listener.awaitSubscribed();
    publish(50);
    transport.setReading(true);
    listener.takeMessages(50);
    transport.abort();
  }

  @Test
  void receiveMaximum_holdsTheBridgeBack() {
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

  @Test
  void severalTransports_doNotDisturbEachOther() {
    RecordingListener[] listeners = new RecordingListener[5];
    for (int i = 0; i < listeners.length; i++) {
      listeners[i] = new RecordingListener();
      Request own =
          new Request(
              "localhost",
              fake.environment().mqttPort(),
              fake.identity(DEFAULT_ENTERPRISE),
              clientId + "-" + i);
      open(own.build(), listeners[i]);
    }
    for (RecordingListener each : listeners) {
      each.awaitSubscribed();
    }
    publish(1);
    for (RecordingListener each : listeners) {
      assertEquals("message 0", text(each.takeMessage()));
    }
  }
}
