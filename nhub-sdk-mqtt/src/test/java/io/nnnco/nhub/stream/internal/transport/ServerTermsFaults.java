package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
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

  @Test
  void connackWithAPacketLimit_isRespected() {
    Peer peer = connectedWith(request(), 0x27, 0, 0, 0, 30);
    lacks(StreamErrorCode.SUBSCRIPTION_REFUSED, 0x95, FILTER);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
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
