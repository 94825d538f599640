package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a CONNACK says that the server lacks, or does otherwise. */
abstract class ServerTermsFaults extends FaultsFixture {
  ServerTermsFaults(Engine engine) {
    super(engine);
  }

  private Peer connectedWith(Request request, int... connackProperties) {
    open(request.build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, connackProperties));
    return peer;
  }

  private void lacks(ErrorCode code, int reasonCode, String filter) {
    var error =
        listener.awaitFailure(SubscriptionRefusedException.class, ConnectionPhase.SUBSCRIBE);
    assertEquals(code, error.code());
    assertEquals(reasonCode, error.reasonCode());
    assertEquals(filter, error.topicFilter());
  }

  @Test
  void connackWithoutSharedSubscriptions_isAnErrorForAGroupBeforeTheSubscribe() {
    String shared = "$share/workers/" + FILTER;
    Peer peer = connectedWith(request().filters(FILTER, shared), 0x2A, 0);
    lacks(StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING, 0x9E, shared);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
  }

  @Test
  void subackWithoutSharedSubscriptions_isTheSameError() {
    String shared = "$share/workers/" + FILTER;
    Peer peer = connectedWith(request().filters(shared));
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 0x9E));
    lacks(StreamErrorCode.SHARED_SUBSCRIPTIONS_MISSING, 0x9E, shared);
  }

  @Test
  void connackWithoutWildcards_isAnErrorForAWildcard() {
    connectedWith(request(), 0x28, 0);
    lacks(StreamErrorCode.WILDCARDS_MISSING, 0xA2, FILTER);
  }

  @Test
  void connackWithoutWildcards_isFineForDevicesByName() {
    connectedWith(request().filters(TOPIC), 0x28, 0, 0x2A, 0, 0x24, 1).grant();
    listener.awaitSubscribed();
  }

  @Test
  void connackWithALowerQos_isAnErrorIfMoreIsRequested() {
    connectedWith(request(), 0x24, 0);
    lacks(StreamErrorCode.QOS_MISSING, 0x9B, FILTER);
  }

  @Test
  void connackWithALowerQos_isFineIfNoMoreIsRequested() {
    Peer peer = connectedWith(request().qos(Qos.AT_MOST_ONCE), 0x24, 0);
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 0));
    listener.awaitSubscribed();
  }

  /** The SUBSCRIBE for {@code FILTER} has 43 bytes. */
  @Test
  void connackWithAPacketLimit_isRespected() {
    Peer peer = connectedWith(request(), 0x27, 0, 0, 0, 42);
    lacks(StreamErrorCode.SUBSCRIBE_TOO_LARGE, 0x95, FILTER);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
  }

  @Test
  void connackWithAPacketLimit_isFineUpToIt() {
    connectedWith(request(), 0x27, 0, 0, 0, 43).grant();
    listener.awaitSubscribed();
  }

  @Test
  void subscribeBeyondTheLimit_isAnErrorThatSaysWhoMustDoWhat() {
    connectedWith(request(), 0x27, 0, 0, 0, 42);
    var error = listener.awaitFailure(SubscriptionRefusedException.class);
    assertEquals(
        "NHUB-SUB-005: The SUBSCRIBE for 1 topic filter has 43 bytes, and the bridge accepts"
            + " packets of up to 42. Name fewer devices with devices(...), or none to receive from"
            + " all of them; or divide them among several subscriptions.",
        error.getMessage());
    assertEquals(ErrorCode.Responsible.CONFIGURATION, error.code().responsible());
    assertFalse(error.isTransient());
  }

  /** Of MQTT itself, in both versions: what its length can say (section 2.1.4). */
  @Test
  void subscribeBeyondTheLimitOfMqtt_isTheSameError() {
    Request request = request();
    request.filters = Collections.nCopies(4_097, "a".repeat(65_535));
    Peer peer = connectedWith(request);
    var error = listener.awaitFailure(SubscriptionRefusedException.class);
    assertEquals(StreamErrorCode.SUBSCRIBE_TOO_LARGE, error.code());
    String text = String.valueOf(error.getMessage());
    assertTrue(text.contains("MQTT allows packets of up to 268,435,460"), text);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
  }

  @Test
  void subscribeOfManyMegabytes_isSent_whereTheServerHasNoLimit() {
    Request request = request();
    request.filters = Collections.nCopies(200, "a".repeat(60_000));
    Peer peer = connectedWith(request);
    Peer.Packet subscribe = peer.expect(Wire.SUBSCRIBE);
    assertEquals(3 + 200 * 60_003, subscribe.body().length);
    int[] granted = new int[200];
    Arrays.fill(granted, 1);
    peer.send(Wire.suback(subscribe.packetId(), granted));
    listener.awaitSubscribed();
  }

  /** One by one where it must be; what fits together leaves together. */
  @Test
  void unsubscribe_respectsThePacketLimit() {
    Peer peer = connectedWith(request(), 0x27, 0, 0, 0, 60);
    peer.grant();
    listener.awaitSubscribed();
    transport()
        .unsubscribe(List.of("a".repeat(40), "b".repeat(20), "c".repeat(20), "d".repeat(7), "e"));
    List<Integer> sizes =
        IntStream.range(0, 3).mapToObj(i -> peer.expect(Wire.UNSUBSCRIBE).body().length).toList();
    assertEquals(List.of(3 + 42, 3 + 22 + 22 + 9, 3 + 3), sizes);
  }

  /** It cannot be asked for, and the others are. */
  @Test
  void unsubscribe_ofAFilterBeyondTheLimit_isLeftOut() {
    Peer peer = connectedWith(request(), 0x27, 0, 0, 0, 60);
    peer.grant();
    listener.awaitSubscribed();
    transport().unsubscribe(List.of("a".repeat(54), "b"));
    Peer.Packet only = peer.expect(Wire.UNSUBSCRIBE);
    peer.send(Wire.unsuback(only.packetId(), 0));
    assertEquals(List.of("b"), listener.takeUnsubscribed());
  }

  @Test
  void connackWithOtherSessionTerms_isReported() {
    connectedWith(request(), 0x11, 0, 0, 0, 7, 0x12, 0, 2, 'm', 'e').grant();
    listener.awaitSubscribed();
    assertEquals("PT7S as me", listener.terms());
  }

  @Test
  void connackWithoutTerms_keepsTheSessionAsRequested() {
    connectedWith(request()).grant();
    listener.awaitSubscribed();
    assertEquals("PT5M as " + clientId, listener.terms());
  }
}
