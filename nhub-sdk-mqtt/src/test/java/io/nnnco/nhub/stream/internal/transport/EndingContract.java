package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NoMoreThreads;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import java.lang.Thread.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection ends. */
abstract class EndingContract extends ContractFixture {
  EndingContract(Engine engine) {
    super(engine);
  }

  @Test
  void disconnect_keepingTheSession_deliversQueuedMessagesLater() {
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
  void disconnect_sendsPendingAcknowledgementsFirst() {
    Transport transport = subscribe(request());
    publish(200);
    listener.takeMessages(200).forEach(message -> transport.acknowledge(message.packetId()));
    transport.disconnect(true);
    listener.awaitClosed();
    fake.disconnects().take(SOON);
    assertEquals(200, fake.acks().all().size());
  }

  @Test
  void disconnect_whileReadingIsStopped_isSent() {
    Transport transport = subscribe(request());
    transport.setReading(false);
    transport.disconnect(false);
    listener.awaitClosed();
    assertEquals(Cause.CLIENT_DISCONNECT, fake.disconnects().take(SOON).cause());
  }

  @Test
  void disconnectTwiceAndAbort_reportTheEndOnce() {
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
  void disconnect_beforeTheConnectionIsUp_endsTheAttempt() {
    fake.inject(new BridgeFault.Silence(Moment.CONNECT));
    Transport transport = open(request().build());
    eventually(
        () -> transport.phase() == ConnectionPhase.CONNECT, () -> "phase " + transport.phase());
    transport.disconnect(true);
    listener.awaitClosed();
    awaitNoThreads();
    fake.clearFaults(); // Perhaps no CONNECT was sent.
  }

  @Test
  void afterTheEnd_everyCallDoesNothing() {
    Transport transport = subscribe(request());
    publish(1);
    InboundMessage message = listener.takeMessage();
    transport.abort();
    listener.awaitClosed();
    transport.acknowledge(message.packetId());
    transport.unsubscribe(List.of(FILTER));
    transport.setReading(false);
    transport.setReading(true);
    transport.disconnect(true);
    transport.abort();
    awaitNoThreads();
    assertEquals(List.of("connected", "subscribed", "closed"), listener.heard());
    assertEquals(List.of(), fake.acks().all());
  }

  @Test
  void afterTheEnd_nothingIsReported() {
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
  void abort_duringDnsOrRightAfterOpen_endsTheAttempt() {
    open(request().build()).abort();
    listener.awaitClosed();
    awaitNoThreads();
    assertEquals("closed", listener.heard().get(listener.heard().size() - 1));
  }

  @Test
  void abort_duringTls_endsTheAttempt() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var credentials = fake.identity(DEFAULT_ENTERPRISE);
      abortIn(ConnectionPhase.TLS, to("localhost", mute.getLocalPort(), credentials));
    }
  }

  @Test
  void abort_duringConnect_endsTheAttempt() {
    fake.inject(new BridgeFault.Silence(Moment.CONNECT));
    abortIn(ConnectionPhase.CONNECT, request());
    fake.clearFaults(); // Perhaps no CONNECT was sent.
  }

  @Test
  void abort_duringSubscribe_endsTheAttempt() {
    fake.inject(new BridgeFault.Silence(Moment.SUBSCRIBE));
    abortIn(ConnectionPhase.SUBSCRIBE, request());
    fake.clearFaults(); // Perhaps no SUBSCRIBE was sent.
  }

  /** By another thread, which waits, if it does not get in between. */
  @ParameterizedTest
  @ValueSource(strings = {"terms", "connected", "subscribed"})
  void abort_whileSomethingIsReported_isTheLastReport(String what) {
    Transport transport = create(request().build(), listener, timer);
    Thread other = new Thread(transport::abort, "aborts");
    listener.during(
        what,
        () -> {
          other.start();
          eventually(
              () -> Set.of(State.WAITING, State.TERMINATED).contains(other.getState()),
              () -> "state " + other.getState());
        });
    assertEndsLast(transport);
  }

  @ParameterizedTest
  @ValueSource(strings = {"terms", "connected", "subscribed"})
  void abort_byTheListenerItself_isTheLastReport(String what) {
    Transport transport = create(request().build(), listener, timer);
    listener.during(what, transport::abort);
    transport.open();
    listener.awaitClosed();
    awaitNoThreads();
    List<String> heard = listener.heard();
    int end = heard.indexOf("closed");
    List<String> after = heard.subList(end + 1, heard.size());
    assertTrue(after.isEmpty() || after.equals(List.of(what)), heard::toString);
  }

  private void assertEndsLast(Transport transport) {
    transport.open();
    listener.awaitClosed();
    awaitNoThreads();
    List<String> heard = listener.heard();
    assertEquals(heard.size() - 1, heard.indexOf("closed"), heard::toString);
  }

  @Test
  void abort_whenSubscribed_endsTheConnection() {
    abortIn(ConnectionPhase.STREAM, request());
    assertEquals(Cause.CONNECTION_LOST, fake.disconnects().take(SOON).cause());
  }

  @Test
  void abort_whileReadingIsStopped_endsTheConnection() {
    Transport transport = subscribe(request());
    transport.setReading(false);
    publish(20);
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
  }

  @Test
  void abort_whileTheMachineHasNoMoreThreads_endsTheConnection() {
    Transport transport = subscribe(request());
    NoMoreThreads.during(transport::abort);
    listener.awaitClosed();
    awaitNoThreads();
    assertEquals(Cause.CONNECTION_LOST, fake.disconnects().take(SOON).cause());
  }

  @Test
  void disconnect_whileTheMachineHasNoMoreThreads_endsTheConnection() {
    Transport transport = subscribe(request());
    NoMoreThreads.during(() -> transport.disconnect(true));
    listener.awaitClosed();
    awaitNoThreads();
  }

  private void abortIn(ConnectionPhase phase, Request request) {
    Transport transport = open(request.build());
    eventually(() -> transport.phase() == phase, () -> "phase " + transport.phase());
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
    assertEquals("closed", listener.heard().get(listener.heard().size() - 1));
  }
}
