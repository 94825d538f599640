package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a SUBSCRIBE asks for, and what may come back. */
abstract class SubscribingFaults extends FaultsFixture {
  SubscribingFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d7_everyConnection_subscribesAndReportsWhetherTheSessionWasKept() {
    for (int sessionPresent : new int[] {0, 1, 0}) {
      RecordingListener hears = new RecordingListener();
      Transport transport = open(request().resuming().build(), hears);
      Peer peer = broker.accept();
      peer.expect(Wire.CONNECT);
      peer.send(Wire.packet(0x20, Wire.bytes(sessionPresent, 0, 0)));
      assertEquals(sessionPresent == 1, hears.awaitConnected());
      peer.grant();
      hears.awaitSubscribed();
      transport.abort();
      hears.awaitClosed();
    }
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void d18_qos2_isNeverRequested(Qos qos) {
    open(request().qos(qos).build());
    Peer peer = broker.accept();
    peer.accept();
    byte[] body = peer.expect(Wire.SUBSCRIBE).body();
    assertEquals(qos.level(), body[body.length - 1] & 0x03);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2, 0xFF})
  void d22_subackThatRefuses_isAnError(int code) {
    open(request().filters(FILTER, TOPIC).build());
    Peer peer = broker.accept();
    peer.accept();
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 1, code));
    SubscriptionRefusedException refused =
        listener.awaitFailure(SubscriptionRefusedException.class);
    assertEquals(TOPIC, refused.topicFilter());
    assertEquals(code, refused.reasonCode());
    assertEquals(List.of("connected", "closed"), listener.heard());
  }

  @Test
  void d22_subackThatGrantsLess_isAnError() {
    open(request().build());
    Peer peer = broker.accept();
    peer.accept();
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 0));
    listener.awaitFailure(SubscriptionRefusedException.class);
  }

  @Test
  void d29_sharedSubscription_receivesMessages() {
    Peer peer = subscribe(request().filters("$share/workers/" + FILTER));
    publish(peer, 1, 1);
    assertEquals(TOPIC, listener.takeMessage().topic());
  }

  @Test
  void unsuback_reportsWhichFiltersWereRemoved() {
    Peer peer = subscribe(request());
    transport().unsubscribe(List.of("a", "b", "c"));
    Peer.Packet asked = peer.expect(Wire.UNSUBSCRIBE);
    peer.send(Wire.unsuback(asked.packetId(), 0x11, 0x87, 0));
    assertEquals(List.of("c"), listener.takeUnsubscribed());
  }

  @Test
  void unsubscribe_manyFilters_sendsSeveralPackets() {
    Peer peer = subscribe(request());
    transport().unsubscribe(IntStream.range(0, 120).mapToObj(i -> "filter/" + i).toList());
    List<Integer> ids =
        IntStream.range(0, 3).mapToObj(i -> peer.expect(Wire.UNSUBSCRIBE).packetId()).toList();
    assertEquals(3, Set.copyOf(ids).size(), () -> "packet ids: " + ids);
    int[] allOfThem = new int[50];
    peer.send(Wire.unsuback(ids.get(1), allOfThem));
    assertEquals("filter/50", listener.takeUnsubscribed().get(0));
  }

  @Test
  void unsuback_withTooFewCodes_endsTheConnection() {
    Peer peer = subscribe(request());
    transport().unsubscribe(List.of("a", "b"));
    peer.send(Wire.unsuback(peer.expect(Wire.UNSUBSCRIBE).packetId(), 0));
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
  }

  @Test
  void unexpectedUnsuback_isIgnored() {
    Peer peer = subscribe(request());
    peer.send(Wire.concat(Wire.hex("B0 04 0007 00 11"), Wire.publish(TOPIC, 1, new byte[3])));
    assertEquals(1, listener.takeMessage().packetId());
  }
}
