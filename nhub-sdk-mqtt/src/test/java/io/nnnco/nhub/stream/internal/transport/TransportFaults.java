package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.BadCredentialsException;
import io.nnnco.nhub.stream.ConnectionLostException;
import io.nnnco.nhub.stream.ConnectionRefusedException;
import io.nnnco.nhub.stream.HostNotFoundException;
import io.nnnco.nhub.stream.KeepAliveTimeoutException;
import io.nnnco.nhub.stream.NotAuthorizedException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ProtocolViolationException;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.ReasonCode;
import io.nnnco.nhub.stream.ServerDisconnectedException;
import io.nnnco.nhub.stream.ServerNotTrustedException;
import io.nnnco.nhub.stream.ServerRefusedException;
import io.nnnco.nhub.stream.SessionTakenOverException;
import io.nnnco.nhub.stream.SubscriptionRefusedException;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong on a wire, and what Eclipse Paho made of it: a test for each verified row of
 * {@code design/PAHO.md}, named after it, for every engine to pass.
 *
 * <table>
 * <caption>Rows without a test here</caption>
 * <tr><td>D6, D8, D9, D10</td><td>automatic reconnect: the port has none; {@code
 * ConnectionMachineTest}</td></tr>
 * <tr><td>D19</td><td>acknowledging QoS 2: the port cannot</td></tr>
 * <tr><td>D23</td><td>PUBACKs of a server: the port publishes nothing</td></tr>
 * <tr><td>D27, D28</td><td>Paho's listeners for a filter: the port has one listener</td></tr>
 * <tr><td>D30</td><td>subscription identifiers: the port asks for none</td></tr>
 * <tr><td>D36</td><td>QoS 0 dropped at a reconnect: a transport does not reconnect</td></tr>
 * <tr><td>D37</td><td>one version of MQTT: {@code docs/engines.md}</td></tr>
 * <tr><td>D38</td><td>unmaintained: why there are two engines</td></tr>
 * </table>
 */
abstract class TransportFaults extends TransportFixture {
  private final RawBroker broker = new RawBroker();

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  private Request request() {
    return to("localhost", broker.port(), RawBroker.credentials());
  }

  private Peer subscribe(Request request) {
    open(request.build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    return peer;
  }

  private static void publish(Peer peer, int from, int to) {
    IntStream.rangeClosed(from, to)
        .mapToObj(id -> Wire.publish(TOPIC, id, ("message " + id).getBytes(UTF_8)))
        .forEach(peer::send);
  }

  private static List<Integer> ids(List<InboundMessage> messages) {
    return messages.stream().map(InboundMessage::packetId).toList();
  }

  @Test
  void d1_connectionDropsWithMessagesUnhandled_theNextOneIsMadeAtOnce() {
    Peer first = subscribe(request());
    publish(first, 1, 40);
    listener.takeMessages(40);
    first.reset();
    listener.awaitFailure(ConnectionLostException.class, Phase.STREAM);

    RecordingListener again = new RecordingListener();
    Transport second = open(request().resuming().build(), again);
    Peer peer = broker.accept();
    peer.welcome();
    again.awaitSubscribed();
    second.abort();
    assertEquals(List.of(), peer.readToEnd(), "one CONNECT for each connection");
  }

  @Test
  void d2_readingStopped_pingsGoOnAndTheLinkLives() {
    Transport transport = open(request().keepAlive(1).build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.setReading(false);
    publish(peer, 1, 100);
    peer.ignorePings(5);
    assertFalse(listener.isClosed(), "a missing answer counts only while answers are read");
    assertTrue(listener.waiting() <= 1, "handed over while stopped: " + listener.waiting());

    transport.setReading(true);
    assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), ids(listener.takeMessages(100)));
  }

  @Test
  void d3_listenerThrows_costsNoConnectionAndIsNotAcknowledged() {
    listener.onMessage(
        message -> {
          if (message.packetId() == 1) {
            throw new IllegalStateException("the listener's own mistake");
          }
        });
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 2);
    assertEquals(2, listener.takeMessage().packetId());
    transport.acknowledge(2);
    assertEquals(2, peer.expect(Wire.PUBACK).packetId(), "and not 1");
  }

  @Test
  void d4_listenerThrowsAnError_costsNoConnectionEither() {
    listener.onMessage(
        message -> {
          if (message.packetId() == 1) {
            throw new NoClassDefFoundError("a broken deployment");
          }
        });
    open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 2);
    assertEquals(2, listener.takeMessage().packetId());
    assertFalse(listener.isClosed());
  }

  @Test
  void d5_messagesRightBehindTheConnack_areHandedOver() {
    open(request().resuming().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    byte[][] atOnce = new byte[31][];
    atOnce[0] = Wire.connack(0);
    for (int id = 1; id <= 30; id++) {
      atOnce[id] = Wire.publish(TOPIC, id, new byte[10]);
    }
    peer.send(Wire.concat(atOnce));
    assertEquals(IntStream.rangeClosed(1, 30).boxed().toList(), ids(listener.takeMessages(30)));
    peer.grant();
    listener.awaitSubscribed();
    assertEquals("connected", listener.heardWithMessages().get(0));
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

  @Test
  void d11_failingConnections_doNotDelayAnother() throws IOException {
    for (int i = 0; i < 5; i++) {
      RecordingListener failing = new RecordingListener();
      open(to("localhost", freePort(), RawBroker.credentials()).build(), failing);
      failing.awaitFailure(ConnectionRefusedException.class, Phase.TCP);
    }
    subscribe(request());
  }

  @Test
  void d12_abortAfterAFailure_meansThatNobodyConnectsAgain() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.reset();
    listener.awaitFailure(ConnectionLostException.class, Phase.CONNECT);
    transport.disconnect(true);
    transport.abort();
    awaitNoThreads();
    assertEquals(List.of("closed"), listener.heard());
  }

  @Test
  void d13_allThreads_areDaemons() {
    subscribe(request());
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().contains(clientId))
            .filter(thread -> thread.getName().startsWith("nhub") && !thread.isDaemon())
            .map(Thread::getName)
            .toList());
  }

  @Test
  void d14_noConnack_isEndedByAbortWithNothingLeft() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    assertEquals(Phase.CONNECT, transport.phase());
    transport.abort();
    listener.awaitClosed();
    assertEquals(List.of(), peer.readToEnd());
    awaitNoThreads();
  }

  @Test
  void d15_abortDuringDisconnect_whileTheServerNeitherReadsNorCloses_leavesNothing() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.disconnect(true);
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
  }

  @Test
  void d15_disconnect_whileTheServerDoesNotClose_isBounded() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.disconnect(true);
    peer.expect(Wire.DISCONNECT);
    listener.awaitClosed();
    awaitNoThreads();
    peer.readToEnd();
  }

  @Test
  void d16_manyAtOnce_doNotWaitForEachOther() {
    List<RecordingListener> listeners = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RecordingListener hears = new RecordingListener();
      listeners.add(hears);
      open(request().build(), hears);
    }
    List<Peer> peers = listeners.stream().map(each -> broker.accept()).toList();
    peers.forEach(Peer::accept);
    peers.forEach(Peer::grant);
    listeners.forEach(RecordingListener::awaitSubscribed);
  }

  @Test
  void d17_callsFromWithinTheListener_doNotDeadlock() {
    Transport transport = create(request().build(), listener, timer);
    listener.onMessage(
        message -> {
          transport.acknowledge(message.packetId());
          transport.setReading(false);
          transport.setReading(true);
          assertEquals(Phase.STREAM, transport.phase());
          if (message.packetId() == 100) {
            transport.disconnect(true);
          }
        });
    transport.open();
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    publish(peer, 1, 100);
    for (int id = 1; id <= 100; id++) {
      assertEquals(id, peer.expect(Wire.PUBACK).packetId());
    }
    peer.expect(Wire.DISCONNECT);
    listener.awaitClosed();
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

  @Test
  void d18_qos2_fromTheServer_endsTheConnectionInsteadOfBeingLost() {
    Peer peer = subscribe(request());
    peer.send(Wire.publish(0x34, TOPIC, 1, new byte[0], new byte[3]));
    listener.awaitFailure(ProtocolViolationException.class, Phase.STREAM);
    assertEquals(0, listener.waiting());
  }

  @Test
  void d20_acknowledgements_keepTheOrderOfTheCalls() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 500);
    ids(listener.takeMessages(500)).forEach(transport::acknowledge);
    for (int id = 1; id <= 500; id++) {
      assertEquals(id, peer.readAnsweringPings().packetId());
    }
  }

  @Test
  void d21_lateAcknowledgement_staysOffTheNextConnection() {
    Transport first = open(request().build());
    Peer before = broker.accept();
    before.welcome();
    publish(before, 1, 1);
    listener.takeMessage();
    before.reset();
    listener.awaitFailure(ConnectionLostException.class);

    RecordingListener again = new RecordingListener();
    Transport second = open(request().build(), again);
    Peer after = broker.accept();
    after.welcome();
    publish(after, 1, 2);
    again.takeMessages(2);
    first.acknowledge(1);
    second.acknowledge(2);
    assertEquals(2, after.expect(Wire.PUBACK).packetId(), "and not 1");
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
  void d24_dupFlag_isPassedOn() {
    Peer peer = subscribe(request());
    peer.send(
        Wire.concat(
            Wire.publish(0x3A, TOPIC, 1, new byte[0], new byte[5]),
            Wire.publish(0x32, TOPIC, 2, new byte[0], new byte[300]),
            Wire.publish(0x30, TOPIC, 0, new byte[0], new byte[0]),
            Wire.publish(0x3A, TOPIC, 3, new byte[0], new byte[70_000])));
    assertEquals(
        List.of(true, false, false, true),
        listener.takeMessages(4).stream().map(InboundMessage::duplicate).toList());
  }

  @Test
  void d25_topicAliasThatNobodyAllowed_isAnErrorAndNotAMessageWithoutATopic() {
    Peer peer = subscribe(request());
    peer.send(Wire.publish(0x32, "", 1, Wire.bytes(0x23, 0, 1), new byte[3]));
    listener.awaitFailure(ProtocolViolationException.class, Phase.STREAM);
    assertEquals(0, listener.waiting());
  }

  @Test
  void d26_theServersOwnLimit_doesNotBindTheServer() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, 0x21, 0, 9, 0x27, 0, 0, 0, 128, 0x2A, 0));
    peer.grant();
    peer.send(Wire.publish(TOPIC, 1, new byte[1_000]));
    assertEquals(1_000, listener.takeMessage().payload().length);
  }

  @Test
  void d26_packetBeyondOurLimit_isAnErrorBeforeItIsRead() {
    Peer peer = subscribe(request());
    publish(peer, 1, 1);
    listener.takeMessage();
    // 256 MiB less one byte: the most that MQTT can say, of which not a byte follows.
    peer.send(Wire.hex("32 FFFFFF7F"));
    ProtocolViolationException error =
        listener.awaitFailure(ProtocolViolationException.class, Phase.STREAM);
    assertTrue(String.valueOf(error.getMessage()).contains("268435455"), error.getMessage());
    assertTrue(
        peer.readToEnd().stream().allMatch(packet -> packet.type() == Wire.DISCONNECT),
        "no more than a DISCONNECT");
  }

  @Test
  void d29_sharedSubscription_bringsMessages() {
    Peer peer = subscribe(request().filters("$share/workers/" + FILTER));
    publish(peer, 1, 1);
    assertEquals(TOPIC, listener.takeMessage().topic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void d31_namesAndAddresses_areBothConnectedTo(String host) {
    open(to(host, broker.port(), RawBroker.credentials()).build());
    broker.accept().welcome();
    listener.awaitSubscribed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void d31_addressOfVersion6_isAnAddress(String host) throws IOException {
    int port = freePort();
    open(to(host, port, RawBroker.credentials()).build());
    ConnectionRefusedException refused =
        listener.awaitFailure(ConnectionRefusedException.class, Phase.TCP);
    assertTrue(String.valueOf(refused.getMessage()).contains("::1"), refused.getMessage());
  }

  @Test
  void d31_underscoreInTheName_isLookedUpLikeAnyOther() {
    open(to("no_such_host.invalid", 8883, RawBroker.credentials()).build());
    listener.awaitFailure(HostNotFoundException.class, Phase.DNS);
  }

  @Test
  void d32_serverThatIsNotTrusted_isAnErrorOfTls() {
    try (FakeNHub other = FakeNHub.builder().leakCheck(false).start()) {
      open(to("localhost", broker.port(), other.identity()).build());
      listener.awaitFailure(ServerNotTrustedException.class, Phase.TLS);
    }
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void d32_connackThatRefuses_isATypedErrorWithItsReason(ReasonCode code) {
    int value = code.value();
    if (value < ReasonCode.UNSPECIFIED_ERROR.value()
        || code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      return; // Not a refusal; or one that an engine may answer with an older version.
    }
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(value, 0x1F, 0, 3, 'w', 'h', 'y'));
    Class<? extends NHubException> type =
        switch (code) {
          case BAD_USER_NAME_OR_PASSWORD -> BadCredentialsException.class;
          case NOT_AUTHORIZED -> NotAuthorizedException.class;
          default -> ServerRefusedException.class;
        };
    String message = String.valueOf(listener.awaitFailure(type).getMessage());
    assertTrue(message.contains("\"why\""), message);
    assertEquals(List.of("closed"), listener.heard());
    peer.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x80, 0x81, 0x82, 0x87, 0x89, 0x8B, 0x8D, 0x93, 0x95, 0x98, 0x9D})
  void d32_disconnectOfTheServer_isATypedErrorWithItsCode(int code) {
    Peer peer = subscribe(request());
    peer.send(Wire.disconnect(code));
    ServerDisconnectedException error = listener.awaitFailure(ServerDisconnectedException.class);
    assertEquals(ReasonCode.of(code), error.reasonCode());
  }

  @Test
  void d32_disconnectWithoutABody_isANormalOne() {
    Peer peer = subscribe(request());
    peer.send(Wire.hex("E0 00"));
    assertEquals(
        ReasonCode.NORMAL_DISCONNECTION,
        listener.awaitFailure(ServerDisconnectedException.class).reasonCode());
  }

  @Test
  void d32_takeOver_hasItsOwnType() {
    subscribe(request()).send(Wire.disconnect(0x8E));
    listener.awaitFailure(SessionTakenOverException.class);
  }

  @Test
  void d32_endWithoutAWord_isALostConnectionOfItsPhase() {
    open(request().build());
    Peer peer = broker.accept();
    peer.accept();
    peer.expect(Wire.SUBSCRIBE);
    peer.reset();
    listener.awaitFailure(ConnectionLostException.class, Phase.SUBSCRIBE);
  }

  @Test
  void d33_nothingIsWrittenToTheWorkingDirectory() {
    Set<String> before = Set.of(new File(System.getProperty("user.dir")).list());
    subscribe(request());
    assertEquals(before, Set.of(new File(System.getProperty("user.dir")).list()));
  }

  @Test
  void d34_stallInTheMiddleOfAHeader_losesNothing() {
    Peer peer = subscribe(request().keepAlive(2));
    byte[] packet = Wire.publish(TOPIC, 1, new byte[300]);
    for (int at : new int[] {1, 2, 3}) {
      peer.send(Arrays.copyOfRange(packet, 0, at));
      peer.expect(Wire.PINGREQ); // more than a second later
      peer.send(Arrays.copyOfRange(packet, at, packet.length));
      peer.send(Wire.pingresp());
      assertEquals(300, listener.takeMessage().payload().length);
    }
    assertFalse(listener.isClosed());
  }

  @Test
  void d35_limitsOfAnEarlierConnack_areForgotten() {
    Transport first = open(request().build());
    Peer before = broker.accept();
    before.expect(Wire.CONNECT);
    before.send(Wire.connack(0, 0x27, 0, 0, 0, 100, 0x13, 0, 1));
    before.grant();
    listener.awaitSubscribed();
    first.abort();

    RecordingListener again = new RecordingListener();
    open(request().build(), again);
    Peer after = broker.accept();
    after.welcome();
    after.send(Wire.publish(TOPIC, 1, new byte[500]));
    assertEquals(500, again.takeMessage().payload().length);
  }

  private Peer connectedWith(Request request, int... connackProperties) {
    open(request.build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, connackProperties));
    return peer;
  }

  private void lacks(ErrorCode code, int reasonCode, String filter) {
    var error = listener.awaitFailure(SubscriptionRefusedException.class, Phase.SUBSCRIBE);
    assertEquals(code, error.code());
    assertEquals(reasonCode, error.reasonCode());
    assertEquals(filter, error.topicFilter());
  }

  @Test
  void connackWithoutSharedSubscriptions_isAnErrorForAGroup_beforeItIsAskedFor() {
    String shared = "$share/workers/" + FILTER;
    Peer peer = connectedWith(request().filters(FILTER, shared), 0x2A, 0);
    lacks(ErrorCode.SHARED_SUBSCRIPTIONS_MISSING, 0x9E, shared);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
  }

  @Test
  void subackWithoutSharedSubscriptions_isTheSameError() {
    String shared = "$share/workers/" + FILTER;
    Peer peer = connectedWith(request().filters(shared));
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 0x9E));
    lacks(ErrorCode.SHARED_SUBSCRIPTIONS_MISSING, 0x9E, shared);
  }

  @Test
  void connackWithoutWildcards_isAnErrorForOne() {
    connectedWith(request(), 0x28, 0);
    lacks(ErrorCode.WILDCARDS_MISSING, 0xA2, FILTER);
  }

  @Test
  void connackWithoutWildcards_isEnoughForDevicesByName() {
    connectedWith(request().filters(TOPIC), 0x28, 0, 0x2A, 0, 0x24, 1).grant();
    listener.awaitSubscribed();
  }

  @Test
  void connackWithALowerQos_isAnErrorForTheHigher() {
    connectedWith(request(), 0x24, 0);
    lacks(ErrorCode.QOS_MISSING, 0x9B, FILTER);
  }

  @Test
  void connackWithALowerQos_isEnoughForIt() {
    Peer peer = connectedWith(request().qos(Qos.AT_MOST_ONCE), 0x24, 0);
    peer.send(Wire.suback(peer.expect(Wire.SUBSCRIBE).packetId(), 0));
    listener.awaitSubscribed();
  }

  @Test
  void connackWithALimit_isNotSentAPacketBeyondIt() {
    Peer peer = connectedWith(request(), 0x27, 0, 0, 0, 30);
    lacks(ErrorCode.SUBSCRIPTION_REFUSED, 0x95, FILTER);
    assertTrue(peer.readToEnd().stream().noneMatch(packet -> packet.type() == Wire.SUBSCRIBE));
  }

  @Test
  void connackWithOtherSessionTerms_tellsThem() {
    connectedWith(request(), 0x11, 0, 0, 0, 7, 0x12, 0, 2, 'm', 'e').grant();
    listener.awaitSubscribed();
    assertEquals("PT7S as me", listener.terms());
  }

  @Test
  void connackThatSaysNothing_keepsTheSessionAsAskedFor() {
    connectedWith(request()).grant();
    listener.awaitSubscribed();
    assertEquals("PT5M as " + clientId, listener.terms());
  }

  @Test
  void unsuback_thatNobodyAskedFor_isPassedOver() {
    Peer peer = subscribe(request());
    peer.send(Wire.concat(Wire.hex("B0 04 0007 00 11"), Wire.publish(TOPIC, 1, new byte[3])));
    assertEquals(1, listener.takeMessage().packetId());
  }

  @Test
  void keepAlive_ofTheServer_isKept() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, 0x13, 0, 1));
    peer.grant();
    peer.expect(Wire.PINGREQ);
  }

  @Test
  void keepAlive_withoutAnAnswer_isATimeout() {
    Peer peer = subscribe(request().keepAlive(1));
    peer.ignorePings(1);
    listener.awaitFailure(KeepAliveTimeoutException.class);
    awaitNoThreads();
  }

  @Test
  void keepAlive_withAnswers_livesOn() {
    Peer peer = subscribe(request().keepAlive(1));
    for (int i = 0; i < 4; i++) {
      peer.expect(Wire.PINGREQ);
      peer.send(Wire.pingresp());
    }
    assertFalse(listener.isClosed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 02 0000", // type 0
        "32 FFFFFFFF7F", // a length of five bytes
        "36 03 000161", // QoS 3
        "9A 03 000101", // wrong flags of a SUBACK
        "40 02 0001", // a PUBACK, though nothing was published
        "30 03 0001 2B", // a wildcard in a topic
        "30 06 0003 C3 28 61 00", // a topic that is not UTF-8
        "32 06 0001 61 0000 00", // packet id 0
        "38 04 0001 61 00", // DUP with QoS 0
        "30 06 0001 61 09 0101", // a length of properties that is wrong
        "30 07 0001 61 03 7E 0000", // an unknown property
        "30 08 0001 61 04 0101 0101", // a property twice
        "D0 01 00", // a PINGRESP with a body
        "32 05 0009 76 0001", // a topic that is longer than the packet
      })
  void malformedPacket_endsTheConnectionAndNothingElse(String hex) {
    Peer peer = subscribe(request());
    peer.send(Wire.hex(hex));
    listener.awaitFailure(ProtocolViolationException.class, Phase.STREAM);
    assertEquals(0, listener.waiting());
    awaitNoThreads();
  }

  @Test
  void malformedConnack_endsTheConnectionAndNothingElse() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.hex("20 01 00"));
    listener.awaitFailure(ProtocolViolationException.class, Phase.CONNECT);
  }

  @Test
  void moreInFlightThanAllowed_isTakenOver_asMosquitto2SendsIt() {
    Transport transport = open(request().receiveMaximum(3).build());
    Peer peer = broker.accept();
    peer.welcome();
    publish(peer, 1, 5);
    assertEquals(5, listener.takeMessages(5).size());
    transport.acknowledge(1);
    peer.expect(Wire.PUBACK);
    assertFalse(listener.isClosed());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
