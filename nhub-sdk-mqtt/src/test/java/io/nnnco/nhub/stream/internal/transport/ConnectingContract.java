package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.testkit.ConnectRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a connection comes to be. */
abstract class ConnectingContract extends ContractFixture {
  ConnectingContract(Engine engine) {
    super(engine);
  }

  @Test
  void open_passesThroughAllPhases() {
    Transport transport = create(request().build(), listener, timer);
    assertEquals(ConnectionPhase.PREPARE, transport.phase());
    transport.open();
    listener.awaitSubscribed();

    assertEquals(ConnectionPhase.STREAM, transport.phase());
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
  void cleanStart_discardsTheSession() {
    subscribe(request().resuming()).abort();
    listener.awaitClosed();
    RecordingListener again = new RecordingListener();
    open(request().build(), again);
    assertFalse(again.awaitConnected(), "session present");
  }

  @Test
  void abort_beforeOpen_opensNothing() {
    Transport transport = create(request().build(), listener, timer);
    transport.abort();
    listener.awaitClosed();
    transport.open();
    awaitNoThreads();
    assertEquals(List.of(), fake.connects().all());
    assertEquals(List.of("closed"), listener.heard());
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
