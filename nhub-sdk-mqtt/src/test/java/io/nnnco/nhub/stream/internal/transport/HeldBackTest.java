package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole subscriptions on a bridge that claims to have kept a session and says what it likes: what
 * no honest one does, and what honest ones do that count in another way.
 */
class HeldBackTest {
  private static final String TOPIC = "v4/groups/nnn.acme.master/dev/uplinks";

  private final RawBroker broker = new RawBroker();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch mayReturn = new CountDownLatch(1);
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme")
          .durable("app", Duration.ofHours(1))
          .window(10)
          .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(50)));

  @AfterEach
  void close() {
    mayReturn.countDown();
    broker.close();
  }

  private NHubClient client(MqttEngine engine) {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    return NHubClient.builder(NHubEnvironment.at(noApi, "localhost", broker.port()))
        .credentials(RawBroker.credentials())
        .engine(engine)
        .build();
  }

  private Subscription subscribeStuck(NHubClient nhub) {
    return nhub.subscribe(
        options.build(),
        (message, delivery) -> {
          calls.incrementAndGet();
          mayReturn.await();
        });
  }

  private Subscription subscribe(NHubClient nhub) {
    return nhub.subscribe(options.build(), (message, delivery) -> calls.incrementAndGet());
  }

  /** Accepts the CONNECT; the session is there. */
  private Peer accept() {
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.packet(0x20, Wire.bytes(1, 0, 0)));
    return peer;
  }

  private static byte[] uplink(int packetId, boolean duplicate, int number) {
    byte[] body = ("{\"device_id\":\"dev\",\"timestamp_ms\":" + number + "}").getBytes(UTF_8);
    return Wire.publish(duplicate ? 0x3A : 0x32, TOPIC, packetId, new byte[0], body);
  }

  private static byte[] uplinks(int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1; i <= count; i++) {
      all.writeBytes(uplink(i, false, i));
    }
    return all.toByteArray();
  }

  /** Sends as much as the client reads. */
  private static void flood(Peer peer, byte[] bytes) {
    Thread thread =
        new Thread(
            () -> {
              try {
                peer.send(bytes);
              } catch (RuntimeException e) {
                // The client has hung up.
              }
            },
            "flood");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitHeldBack(Subscription subscription) {
    Eventually.isTrue(
        () -> subscription.health().toString(),
        () -> subscription.health().detail().startsWith("Connected; the bridge sends what waits"));
  }

  @ParameterizedTest
  @EnumSource
  void floodBeforeTheSuback_isHeldBackAtTheWindow_andAllOfItComesInTheEnd(MqttEngine engine)
      throws Exception {
    int count = 20_000;
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribeStuck(nhub);
      Peer peer = accept();
      int subscribeId = peer.expect(Wire.SUBSCRIBE).packetId();
      flood(peer, Wire.concat(uplinks(count), Wire.suback(subscribeId, 1)));
      awaitHeldBack(subscription);
      var late =
          Coded.assertThrows(
              ConnectionException.class,
              StreamErrorCode.CONNECT_TIMEOUT,
              () -> subscription.awaitConnected(Duration.ofMillis(1)));
      assertEquals(ConnectionPhase.SUBSCRIBE, late.phase());
      assertEquals(10, subscription.stats().inFlight());
      assertTrue(subscription.stats().received() < 30, () -> subscription.stats().toString());
      assertEquals(SubscriptionHealth.Reason.CONNECTING, subscription.health().reason());

      mayReturn.countDown();
      Eventually.isTrue("all came, on one connection", () -> calls.get() == count);
      subscription.awaitConnected(SOON);
      for (int i = 1; i <= count; i++) {
        assertEquals(i, peer.expect(Wire.PUBACK).packetId());
      }
    }
  }

  /** Each reset is found by a ping, since nothing is read. */
  @ParameterizedTest
  @EnumSource
  void newPacketIdsWithEachReset_neverMoreThanTheWindow(MqttEngine engine) {
    options.keepAlive(Duration.ofSeconds(1));
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribeStuck(nhub);
      for (int reset = 0; reset < 4; reset++) {
        Peer peer = accept();
        for (int i = 1; i <= 10; i++) {
          peer.send(uplink(100 * reset + i, true, i));
        }
        if (reset == 0) {
          peer.grant();
          Eventually.isTrue("a window", () -> subscription.stats().inFlight() == 10);
        } else {
          awaitHeldBack(subscription);
        }
        peer.reset();
        assertEquals(10, subscription.stats().inFlight());
        Eventually.isTrue("noticed", () -> !subscription.health().detail().contains("Connected"));
      }
      mayReturn.countDown();
      subscription.close(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recognisedRedeliveries_beforeTheSuback_pass_andTheSubackIsRead(MqttEngine engine)
      throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribeStuck(nhub);
      Peer first = accept();
      first.send(uplinks(10));
      first.grant();
      Eventually.isTrue("a window", () -> subscription.stats().inFlight() == 10);
      first.reset();
      Eventually.isTrue("noticed", () -> subscription.state() != SubscriptionState.SUBSCRIBED);

      Peer second = accept();
      second.send(uplinks(10));
      second.grant();
      subscription.awaitConnected(SOON);
      assertEquals(10, subscription.stats().redelivered());
      mayReturn.countDown();
      for (int i = 1; i <= 10; i++) {
        assertEquals(i, second.expect(Wire.PUBACK).packetId());
      }
      assertEquals(10, calls.get());
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_whileHeldBackBeforeTheSuback_endsIt(MqttEngine engine) {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribeStuck(nhub);
      Peer peer = accept();
      peer.expect(Wire.SUBSCRIBE);
      flood(peer, uplinks(5_000));
      awaitHeldBack(subscription);
      assertEquals(10, subscription.close(Duration.ZERO).abandoned());
      peer.readToEnd();
      assertEquals(SubscriptionState.CLOSED, subscription.state());
      mayReturn.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pause_beforeTheSuback_handlesNothing_andResumeGoesOn(MqttEngine engine) throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      subscription.pause();
      Peer peer = accept();
      int subscribeId = peer.expect(Wire.SUBSCRIBE).packetId();
      peer.send(uplinks(5));
      Eventually.isTrue(
          () -> subscription.health().toString(),
          () -> subscription.health().detail().startsWith("Connected; paused"));
      Coded.assertThrows(
          ConnectionException.class,
          StreamErrorCode.CONNECT_TIMEOUT,
          () -> subscription.awaitConnected(Duration.ofMillis(1)));
      assertEquals(0, calls.get());

      subscription.resume();
      peer.send(Wire.suback(subscribeId, 1));
      subscription.awaitConnected(SOON);
      Eventually.isTrue("all came", () -> calls.get() == 5);
      assertEquals(0, subscription.stats().reconnects());
    }
  }

  @ParameterizedTest
  @EnumSource
  void acknowledged_itsPacketIdAndBytesWithoutDup_areANewMessage_withDupTheSame(MqttEngine engine) {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      Peer peer = accept();
      peer.grant();
      peer.send(uplink(7, false, 1));
      assertEquals(7, peer.expect(Wire.PUBACK).packetId());
      for (boolean duplicate : List.of(false, true)) {
        peer.reset();
        peer = accept();
        peer.grant();
        peer.send(uplink(7, duplicate, 1));
        assertEquals(7, peer.expect(Wire.PUBACK).packetId());
        assertEquals(2, calls.get(), "the second message has its call, its copy has none");
      }
      subscription.close(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_onAConnectionThatSwallowsEverything_saysWhatMayComeAgain(MqttEngine engine) {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      Peer peer = accept();
      peer.grant();
      peer.send(uplinks(5));
      Set<Integer> acknowledged = new HashSet<>();
      while (acknowledged.size() < 5) {
        acknowledged.add(peer.expect(Wire.PUBACK).packetId());
      }
      assertEquals(5, subscription.close(Duration.ofSeconds(1)).abandoned(), "nobody answers");
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_onABridgeThatClosesToo_leavesNothing(MqttEngine engine) throws Exception {
    try (NHubClient nhub = client(engine)) {
      Subscription subscription = subscribe(nhub);
      Peer peer = accept();
      peer.grant();
      peer.send(uplinks(5));
      Eventually.isTrue("all came", () -> calls.get() == 5);
      Thread bridge =
          new Thread(
              () -> {
                while (peer.read().type() != Wire.DISCONNECT) {
                  // The acknowledgements.
                }
                peer.sendAndHangUp(new byte[0], 1);
              });
      bridge.start();
      assertEquals(0, subscription.close(Duration.ofSeconds(1)).abandoned());
      bridge.join();
    }
  }
}
