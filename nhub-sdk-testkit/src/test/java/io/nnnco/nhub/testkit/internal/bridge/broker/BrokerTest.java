package io.nnnco.nhub.testkit.internal.bridge.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.ClientDelivery.State;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker.SessionRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions and routing in virtual time, without a socket (M16 in docs/bridge.md). */
class BrokerTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private final Broker broker = new Broker(() -> now, 1_000, new Broker.Observer() {});
  private final List<List<ClientDelivery>> settled = new ArrayList<>();

  private static SessionRequest request(String clientId, Duration expiry, int receiveMaximum) {
    return new SessionRequest(
        clientId, "nnn.acme", false, expiry, receiveMaximum, Integer.MAX_VALUE, null);
  }

  private FakeConnection subscriber(String clientId, int receiveMaximum) {
    FakeConnection connection =
        FakeConnection.connect(broker, request(clientId, HOUR, receiveMaximum));
    subscribe(connection, "t/#", 1);
    return connection;
  }

  private void subscribe(FakeConnection connection, String filter, int qos) {
    broker.subscribe(
        connection.session(),
        new BrokerSubscription(TopicFilter.parse(filter), qos, false, false, 0));
  }

  private Publication publish(String payload, int qos) {
    return publish("t/1", payload, qos, false, null, null);
  }

  private Publication publish(
      String topic,
      String payload,
      int qos,
      boolean retain,
      @Nullable Instant expiresAt,
      @Nullable Session publisher) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    Publication publication =
        new Publication(new Message(topic, bytes, qos, retain, List.of(), expiresAt), settled::add);
    broker.publish(publication, publisher);
    return publication;
  }

  private void advance(Duration time) {
    now = now.plus(time);
    broker.clockAdvanced();
  }

  @Test
  void publish_withinTheWindow_isSentAtOnceAndTheRestAfterAcknowledgement() {
    FakeConnection connection = subscriber("a", 2);
    for (String payload : List.of("m1", "m2", "m3", "m4")) {
      publish(payload, 1);
    }
    assertEquals(List.of("m1#1", "m2#2"), connection.takeSent());

    connection.acknowledge(2);

    assertEquals(List.of("m3#3"), connection.takeSent());
    assertEquals(List.of("t/1", "t/1"), connection.session().unacknowledged());
    assertEquals(1, connection.session().queued());
  }

  @Test
  void publish_qos0_passesAQos1ThatTheWindowHoldsBack() {
    FakeConnection connection = subscriber("a", 1);
    publish("m1", 1);
    publish("m2", 1);

    publish("m3", 0);

    assertEquals(List.of("m1#1", "m3"), connection.takeSent());
  }

  @Test
  void deliver_afterNotWritable_keepsTheOrderOfArrival() {
    FakeConnection connection = subscriber("a", 10);
    connection.writable = false;
    publish("m1", 1);
    publish("m2", 0);
    publish("m3", 1);
    assertEquals(List.of(), connection.takeSent());

    connection.writable = true;
    connection.session().deliver();

    assertEquals(List.of("m1#1", "m2", "m3#2"), connection.takeSent());
  }

  @Test
  void publish_qos0ToASlowClient_isDroppedBeyondTheBoundAndCounted() {
    FakeConnection connection = subscriber("a", 10);
    connection.writable = false;

    for (int i = 0; i < Session.MAX_WAITING + 5; i++) {
      publish("m", 0);
    }

    assertEquals(Session.MAX_WAITING, connection.session().queued());
    assertEquals(5, connection.session().dropped());
    assertEquals(5, settled.size());
  }

  @Test
  void publish_qos0OfManyBytesToASlowClient_isDroppedBeyondTheBound() {
    FakeConnection connection = subscriber("a", 10);
    connection.writable = false;
    String big = "x".repeat(Session.MAX_WAITING_BYTES / 2);

    publish(big, 0);
    publish(big, 0);
    publish("x", 0);

    assertEquals(2, connection.session().queued());
    assertEquals(1, connection.session().dropped());
  }

  @Test
  @Tag("M16")
  void reconnect_redeliversInOrderWithDupWithinTheNewWindowBeforeTheRest() {
    FakeConnection connection = subscriber("a", 10);
    publish("m1", 1);
    publish("m2", 1);
    publish("m3", 1);
    connection.acknowledge(2);
    connection.lose();
    publish("m4", 1);
    publish("lost", 0);

    FakeConnection again = FakeConnection.connect(broker, request("a", HOUR, 1));

    assertTrue(again.present());
    assertEquals(List.of("dup m1#1"), again.takeSent());
    again.acknowledge(1);
    again.acknowledge(3);
    assertEquals(List.of("dup m3#3", "m4#4"), again.takeSent());
  }

  @Test
  void reconnect_twice_keepsOrderAndIds() {
    FakeConnection connection = subscriber("a", 10);
    publish("m1", 1);
    publish("m2", 1);
    connection.lose();
    FakeConnection second = FakeConnection.connect(broker, request("a", HOUR, 1));
    assertEquals(List.of("dup m1#1"), second.takeSent());
    second.lose();

    FakeConnection third = FakeConnection.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of("dup m1#1", "dup m2#2"), third.takeSent());
  }

  @Test
  void packetIds_wrapAroundAndSkipThoseInFlight() {
    FakeConnection connection = subscriber("a", 10);
    publish("held", 1);
    for (int i = 0; i < 0xFFFF; i++) {
      publish("m", 1);
      connection.acknowledge(i == 0xFFFE ? 2 : i + 2);
    }
    assertEquals(List.of("t/1"), connection.session().unacknowledged());
    assertEquals("m#2", connection.sent.get(0xFFFF));
  }

  @Test
  @Tag("M16")
  void session_expires_whenItsTimeIsUpAndWhatWaitedIsDropped() {
    FakeConnection connection = subscriber("a", 10);
    publish("m1", 1);
    connection.lose();
    advance(HOUR.minusNanos(1));
    assertEquals(1, broker.sessions().size());

    advance(Duration.ofNanos(1));

    assertEquals(List.of(), broker.sessions());
    assertEquals(State.DROPPED, settled.get(0).get(0).state());
    assertFalse(FakeConnection.connect(broker, request("a", HOUR, 1)).present());
  }

  @Test
  @Tag("M16")
  void session_withoutExpiry_endsWithItsConnection() {
    FakeConnection connection = FakeConnection.connect(broker, request("a", Duration.ZERO, 10));

    connection.lose();

    assertNull(broker.session("a"));
  }

  @Test
  @Tag("M16")
  void connect_sameClient_takesOverWithCode8e() {
    FakeConnection old = subscriber("a", 10);
    publish("m1", 1);

    FakeConnection fresh = FakeConnection.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of(0x8E), old.ended);
    assertEquals(List.of("dup m1#1"), fresh.takeSent());
    old.lose();
    assertTrue(fresh.session().connected(), "a late end of the old connection changes nothing");
  }

  @Test
  void receipt_settles_whenEveryClientHasAcknowledged() {
    FakeConnection a = subscriber("a", 10);
    FakeConnection b = subscriber("b", 10);
    publish("m1", 1);
    a.acknowledge(1);
    assertEquals(List.of(), settled);
    now = now.plusSeconds(3);

    b.acknowledge(1);

    List<ClientDelivery> deliveries = settled.get(0);
    assertEquals(2, deliveries.size());
    assertEquals(State.ACKNOWLEDGED, deliveries.get(1).state());
    assertEquals(now, deliveries.get(1).settledAt());
    assertEquals(now.minusSeconds(3), deliveries.get(1).sentAt());
  }

  @Test
  @Tag("M16")
  void share_eachMessageGoesToOneMemberInTurnConnectedOnesFirst() {
    FakeConnection a = FakeConnection.connect(broker, request("a", HOUR, 10));
    FakeConnection b = FakeConnection.connect(broker, request("b", HOUR, 10));
    FakeConnection own = subscriber("own", 10);
    subscribe(a, "$share/g/t/#", 1);
    subscribe(b, "$share/g/t/#", 1);

    publish("m1", 1);
    publish("m2", 1);
    a.lose();
    publish("m3", 1);

    assertEquals(List.of("m1#1"), a.takeSent());
    assertEquals(List.of("m2#1", "m3#2"), b.takeSent());
    assertEquals(List.of("m1#1", "m2#2", "m3#3"), own.takeSent());
  }

  @Test
  void share_ofTwoNames_isOneCopyForEach() {
    FakeConnection a = FakeConnection.connect(broker, request("a", HOUR, 10));
    subscribe(a, "$share/g/t/#", 1);
    subscribe(a, "$share/h/t/#", 1);

    publish("m1", 1);

    assertEquals(List.of("m1#1", "m1#2"), a.takeSent());
  }

  @Test
  void publish_noLocal_staysAwayFromItsPublisher() {
    FakeConnection a = FakeConnection.connect(broker, request("a", HOUR, 10));
    broker.subscribe(
        a.session(), new BrokerSubscription(TopicFilter.parse("t/#"), 1, true, false, 0));
    publish("t/1", "own", 0, false, null, a.session());

    publish("t/1", "other", 0, false, null, null);

    assertEquals(List.of("other"), a.takeSent());
  }

  @Test
  void retained_isSentToLaterSubscribersUntilItIsCleared() {
    publish("t/1", "kept", 1, true, null, null);
    publish("t/2", "cleared", 1, true, null, null);
    publish("t/2", "", 1, true, null, null);
    FakeConnection connection = subscriber("a", 10);

    broker.queueRetained(
        connection.session(), new BrokerSubscription(TopicFilter.parse("t/#"), 0, false, false, 0));
    connection.session().deliver();

    assertEquals(List.of("retained kept"), connection.takeSent());
  }

  @Test
  void message_expired_isNotSent() {
    FakeConnection connection = subscriber("a", 10);
    connection.lose();
    publish("t/1", "stale", 1, false, now.plusSeconds(10), null);
    publish("t/1", "fresh", 1, false, now.plusSeconds(60), null);
    now = now.plusSeconds(10);

    FakeConnection again = FakeConnection.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of("fresh#1"), again.takeSent());
  }

  @Test
  void message_largerThanTheClientTakes_isNotSent() {
    FakeConnection connection =
        FakeConnection.connect(
            broker, new SessionRequest("a", "nnn.acme", false, HOUR, 10, 100, null));
    subscribe(connection, "t/#", 1);

    publish("x".repeat(200), 1);
    publish("small", 1);

    assertEquals(List.of("small#1"), connection.takeSent());
    assertEquals(State.DROPPED, settled.get(0).get(0).state());
  }

  private FakeConnection withWill(String clientId, Duration delay) {
    Message message = new Message("t/will", "gone".getBytes(StandardCharsets.UTF_8), 0);
    return FakeConnection.connect(
        broker,
        new SessionRequest(clientId, "nnn.acme", false, HOUR, 10, 9_999, new Will(message, delay)));
  }

  @Test
  void will_isPublishedOnALostConnectionButNotAfterADisconnect() {
    FakeConnection witness = subscriber("witness", 10);
    withWill("a", Duration.ZERO).leave();
    assertEquals(List.of(), witness.takeSent());

    withWill("a", Duration.ZERO).lose();

    assertEquals(List.of("gone"), witness.takeSent());
  }

  @Test
  void will_withADelay_waitsForTheClientToComeBack() {
    FakeConnection witness = subscriber("witness", 10);
    withWill("a", Duration.ofSeconds(10)).lose();
    advance(Duration.ofSeconds(9));
    FakeConnection back = withWill("a", Duration.ofSeconds(10));
    advance(Duration.ofSeconds(60));
    assertEquals(List.of(), witness.takeSent());

    back.lose();
    advance(Duration.ofSeconds(10));

    assertEquals(List.of("gone"), witness.takeSent());
  }
}
