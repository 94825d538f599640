package io.nnnco.nhub.testkit.internal.bridge.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.Delivery;
import io.nnnco.nhub.testkit.Delivery.State;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker.SessionRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions and routing in virtual time, without a socket (rule M16). */
class BrokerTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private final Broker broker = new Broker(() -> now);
  private final List<List<Delivery>> settled = new ArrayList<>();

  private static SessionRequest request(String clientId, Duration expiry, int receiveMaximum) {
    return new SessionRequest(
        clientId, "nnn.acme", false, expiry, receiveMaximum, Integer.MAX_VALUE, null);
  }

  private FakeLink subscriber(String clientId, int receiveMaximum) {
    FakeLink link = FakeLink.connect(broker, request(clientId, HOUR, receiveMaximum));
    subscribe(link, "t/#", 1);
    return link;
  }

  private void subscribe(FakeLink link, String filter, int qos) {
    broker.subscribe(
        link.session(), new Subscription(TopicFilter.parse(filter), qos, false, false, 0));
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
    FakeLink link = subscriber("a", 2);
    for (String payload : List.of("m1", "m2", "m3", "m4")) {
      publish(payload, 1);
    }
    assertEquals(List.of("m1#1", "m2#2"), link.takeSent());

    link.acknowledge(2);

    assertEquals(List.of("m3#3"), link.takeSent());
    assertEquals(List.of("t/1", "t/1"), link.session().unacknowledged());
    assertEquals(1, link.session().queued());
  }

  @Test
  void publish_qos0_passesAQos1ThatTheWindowHoldsBack() {
    FakeLink link = subscriber("a", 1);
    publish("m1", 1);
    publish("m2", 1);

    publish("m3", 0);

    assertEquals(List.of("m1#1", "m3"), link.takeSent());
  }

  @Test
  void deliver_afterNotWritable_keepsTheOrderOfArrival() {
    FakeLink link = subscriber("a", 10);
    link.writable = false;
    publish("m1", 1);
    publish("m2", 0);
    publish("m3", 1);
    assertEquals(List.of(), link.takeSent());

    link.writable = true;
    link.session().deliver();

    assertEquals(List.of("m1#1", "m2", "m3#2"), link.takeSent());
  }

  @Test
  void publish_qos0ToASlowClient_isDroppedBeyondTheBoundAndCounted() {
    FakeLink link = subscriber("a", 10);
    link.writable = false;

    for (int i = 0; i < Session.MAX_WAITING + 5; i++) {
      publish("m", 0);
    }

    assertEquals(Session.MAX_WAITING, link.session().queued());
    assertEquals(5, link.session().dropped());
    assertEquals(5, settled.size());
  }

  @Test
  void publish_qos0OfManyBytesToASlowClient_isDroppedBeyondTheBound() {
    FakeLink link = subscriber("a", 10);
    link.writable = false;
    String big = "x".repeat(Session.MAX_WAITING_BYTES / 2);

    publish(big, 0);
    publish(big, 0);
    publish("x", 0);

    assertEquals(2, link.session().queued());
    assertEquals(1, link.session().dropped());
  }

  @Test
  @Tag("M16")
  void reconnect_redeliversInOrderWithDupWithinTheNewWindowBeforeTheRest() {
    FakeLink link = subscriber("a", 10);
    publish("m1", 1);
    publish("m2", 1);
    publish("m3", 1);
    link.acknowledge(2);
    link.lose();
    publish("m4", 1);
    publish("lost", 0);

    FakeLink again = FakeLink.connect(broker, request("a", HOUR, 1));

    assertTrue(again.present());
    assertEquals(List.of("dup m1#1"), again.takeSent());
    again.acknowledge(1);
    again.acknowledge(3);
    assertEquals(List.of("dup m3#3", "m4#4"), again.takeSent());
  }

  @Test
  void reconnect_twice_keepsOrderAndIds() {
    FakeLink link = subscriber("a", 10);
    publish("m1", 1);
    publish("m2", 1);
    link.lose();
    FakeLink second = FakeLink.connect(broker, request("a", HOUR, 1));
    assertEquals(List.of("dup m1#1"), second.takeSent());
    second.lose();

    FakeLink third = FakeLink.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of("dup m1#1", "dup m2#2"), third.takeSent());
  }

  @Test
  void packetIds_wrapAroundAndSkipThoseInFlight() {
    FakeLink link = subscriber("a", 10);
    publish("held", 1);
    for (int i = 0; i < 0xFFFF; i++) {
      publish("m", 1);
      link.acknowledge(i == 0xFFFE ? 2 : i + 2);
    }
    assertEquals(List.of("t/1"), link.session().unacknowledged());
    assertEquals("m#2", link.sent.get(0xFFFF));
  }

  @Test
  @Tag("M16")
  void session_expires_whenItsTimeIsUpAndWhatWaitedIsDropped() {
    FakeLink link = subscriber("a", 10);
    publish("m1", 1);
    link.lose();
    advance(HOUR.minusNanos(1));
    assertEquals(1, broker.sessions().size());

    advance(Duration.ofNanos(1));

    assertEquals(List.of(), broker.sessions());
    assertEquals(State.DROPPED, settled.get(0).get(0).state());
    assertFalse(FakeLink.connect(broker, request("a", HOUR, 1)).present());
  }

  @Test
  @Tag("M16")
  void session_withoutExpiry_endsWithItsConnection() {
    FakeLink link = FakeLink.connect(broker, request("a", Duration.ZERO, 10));

    link.lose();

    assertNull(broker.session("a"));
  }

  @Test
  @Tag("M16")
  void connect_sameClient_takesOverWithCode8e() {
    FakeLink old = subscriber("a", 10);
    publish("m1", 1);

    FakeLink fresh = FakeLink.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of(0x8E), old.ended);
    assertEquals(List.of("dup m1#1"), fresh.takeSent());
    old.lose();
    assertTrue(fresh.session().connected(), "a late end of the old connection changes nothing");
  }

  @Test
  void receipt_settles_whenEveryClientHasAcknowledged() {
    FakeLink a = subscriber("a", 10);
    FakeLink b = subscriber("b", 10);
    publish("m1", 1);
    a.acknowledge(1);
    assertEquals(List.of(), settled);
    now = now.plusSeconds(3);

    b.acknowledge(1);

    List<Delivery> deliveries = settled.get(0);
    assertEquals(2, deliveries.size());
    assertEquals(State.ACKNOWLEDGED, deliveries.get(1).state());
    assertEquals(now, deliveries.get(1).settledAt());
    assertEquals(now.minusSeconds(3), deliveries.get(1).sentAt());
  }

  @Test
  @Tag("M16")
  void share_eachMessageGoesToOneMemberInTurnConnectedOnesFirst() {
    FakeLink a = FakeLink.connect(broker, request("a", HOUR, 10));
    FakeLink b = FakeLink.connect(broker, request("b", HOUR, 10));
    FakeLink own = subscriber("own", 10);
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
    FakeLink a = FakeLink.connect(broker, request("a", HOUR, 10));
    subscribe(a, "$share/g/t/#", 1);
    subscribe(a, "$share/h/t/#", 1);

    publish("m1", 1);

    assertEquals(List.of("m1#1", "m1#2"), a.takeSent());
  }

  @Test
  void publish_noLocal_staysAwayFromItsPublisher() {
    FakeLink a = FakeLink.connect(broker, request("a", HOUR, 10));
    broker.subscribe(a.session(), new Subscription(TopicFilter.parse("t/#"), 1, true, false, 0));
    publish("t/1", "own", 0, false, null, a.session());

    publish("t/1", "other", 0, false, null, null);

    assertEquals(List.of("other"), a.takeSent());
  }

  @Test
  void retained_isSentToLaterSubscribersUntilItIsCleared() {
    publish("t/1", "kept", 1, true, null, null);
    publish("t/2", "cleared", 1, true, null, null);
    publish("t/2", "", 1, true, null, null);
    FakeLink link = subscriber("a", 10);

    broker.queueRetained(
        link.session(), new Subscription(TopicFilter.parse("t/#"), 0, false, false, 0));
    link.session().deliver();

    assertEquals(List.of("retained kept"), link.takeSent());
  }

  @Test
  void message_expired_isNotSent() {
    FakeLink link = subscriber("a", 10);
    link.lose();
    publish("t/1", "stale", 1, false, now.plusSeconds(10), null);
    publish("t/1", "fresh", 1, false, now.plusSeconds(60), null);
    now = now.plusSeconds(10);

    FakeLink again = FakeLink.connect(broker, request("a", HOUR, 10));

    assertEquals(List.of("fresh#1"), again.takeSent());
  }

  @Test
  void message_largerThanTheClientTakes_isNotSent() {
    FakeLink link =
        FakeLink.connect(broker, new SessionRequest("a", "nnn.acme", false, HOUR, 10, 100, null));
    subscribe(link, "t/#", 1);

    publish("x".repeat(200), 1);
    publish("small", 1);

    assertEquals(List.of("small#1"), link.takeSent());
    assertEquals(State.DROPPED, settled.get(0).get(0).state());
  }

  private FakeLink withWill(String clientId, Duration delay) {
    Message message = new Message("t/will", "gone".getBytes(StandardCharsets.UTF_8), 0);
    return FakeLink.connect(
        broker,
        new SessionRequest(clientId, "nnn.acme", false, HOUR, 10, 9_999, new Will(message, delay)));
  }

  @Test
  void will_isPublishedOnALostConnectionButNotAfterADisconnect() {
    FakeLink witness = subscriber("witness", 10);
    withWill("a", Duration.ZERO).leave();
    assertEquals(List.of(), witness.takeSent());

    withWill("a", Duration.ZERO).lose();

    assertEquals(List.of("gone"), witness.takeSent());
  }

  @Test
  void will_withADelay_waitsForTheClientToComeBack() {
    FakeLink witness = subscriber("witness", 10);
    withWill("a", Duration.ofSeconds(10)).lose();
    advance(Duration.ofSeconds(9));
    FakeLink back = withWill("a", Duration.ofSeconds(10));
    advance(Duration.ofSeconds(60));
    assertEquals(List.of(), witness.takeSent());

    back.lose();
    advance(Duration.ofSeconds(10));

    assertEquals(List.of("gone"), witness.takeSent());
  }
}
