package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscriptionRefusedException;
import java.util.List;
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
  void d7_everyConnectionSubscribes_andTellsWhetherTheSessionWasKept() {
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
  void d18_qos2_isNeverAskedFor(Qos qos) {
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
  void d29_sharedSubscription_bringsMessages() {
    Peer peer = subscribe(request().filters("$share/workers/" + FILTER));
    publish(peer, 1, 1);
    assertEquals(TOPIC, listener.takeMessage().topic());
  }
}
