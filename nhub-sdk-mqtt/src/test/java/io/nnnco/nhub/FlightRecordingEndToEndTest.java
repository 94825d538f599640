package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.BridgeFault;
import java.time.Duration;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What JDK Flight Recorder sees of connections. */
class FlightRecordingEndToEndTest extends ProxyFixture {
  private final ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);

  private NHubClient client(MqttEngine engine) {
    return NHubClient.builder(fake.environment()).credentials(identity).engine(engine).build();
  }

  private void subscribe(NHubClient nhub) throws InterruptedException {
    nhub.subscribe(options.build(), inbox).awaitConnected(SOON);
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void connection_isRecorded_withTheTimeOfEachPhase(MqttEngine engine) throws InterruptedException {
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT)) {
      try (NHubClient nhub = client(engine)) {
        subscribe(nhub);
      }

      List<RecordedEvent> attempts = flight.take(Flight.CONNECTION_ATTEMPT);
      assertEquals(1, attempts.size());
      RecordedEvent attempt = attempts.get(0);
      assertEquals(fake.environment().mqttHost(), attempt.getString("host"));
      assertEquals(fake.environment().mqttPort(), attempt.getInt("port"));
      assertNull(attempt.getString("proxy"));
      assertEquals(engine.name(), attempt.getString("engine"));
      assertEquals("5", attempt.getString("mqttVersion"));
      assertEquals("STREAM", attempt.getString("phase"));
      assertNull(attempt.getString("errorCode"));
      assertFalse(attempt.getBoolean("sessionPresent"));
      Duration phases = Duration.ZERO;
      for (String phase : List.of("dns", "tcp", "tls", "connect", "subscribe")) {
        assertFalse(attempt.getDuration(phase).isZero(), phase);
        phases = phases.plus(attempt.getDuration(phase));
      }
      assertEquals(Duration.ZERO, attempt.getDuration("proxyTunnel"));
      // The recorder reads a clock of its own, beside ours.
      assertTrue(phases.compareTo(attempt.getDuration().plusMillis(100)) < 0, phases::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void connection_dropped_isRecordedWithItsCause_andTheSessionThatIsResumed(MqttEngine engine)
      throws InterruptedException {
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT, Flight.CONNECTION)) {
      try (NHubClient nhub = client(engine)) {
        subscribe(nhub);
        fake.dropConnections();
        inbox.takeEvent(SubscriptionEvent.Disconnected.class);
        inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      }

      List<RecordedEvent> connections = flight.take(Flight.CONNECTION);
      assertEquals(2, connections.size());
      RecordedEvent dropped = connections.get(0);
      assertEquals(engine.name(), dropped.getString("engine"));
      assertEquals(StreamErrorCode.CONNECTION_LOST.id(), dropped.getString("errorCode"));
      assertFalse(dropped.getDuration("stoodFor").isZero());
      assertNull(connections.get(1).getString("errorCode"), "it was closed here");
      List<RecordedEvent> attempts = flight.take(Flight.CONNECTION_ATTEMPT);
      assertTrue(attempts.get(attempts.size() - 1).getBoolean("sessionPresent"));
    }
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void attempt_refused_isRecordedWithItsCode(MqttEngine engine) throws InterruptedException {
    fake.inject(new BridgeFault.RefuseConnect(0x88));
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT, Flight.CONNECTION)) {
      try (NHubClient nhub = client(engine)) {
        subscribe(nhub);
      }

      RecordedEvent refused = flight.take(Flight.CONNECTION_ATTEMPT).get(0);
      assertEquals("CONNECT", refused.getString("phase"));
      assertEquals(
          inbox.takeEvent(SubscriptionEvent.Disconnected.class).cause().code().id(),
          refused.getString("errorCode"));
      assertEquals(Duration.ZERO, refused.getDuration("subscribe"));
      assertEquals(1, flight.take(Flight.CONNECTION).size(), "that of the next attempt");
    }
  }

  @Test
  void attempt_ofTwoConnections_isOneEvent() throws InterruptedException {
    fake.inject(new BridgeFault.RefuseConnect(0x84));
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT)) {
      try (NHubClient nhub = client(MqttEngine.DIRECT)) {
        subscribe(nhub);
      }

      List<RecordedEvent> attempts = flight.take(Flight.CONNECTION_ATTEMPT);
      assertEquals(1, attempts.size());
      assertEquals("3.1.1", attempts.get(0).getString("mqttVersion"));
      assertEquals("STREAM", attempts.get(0).getString("phase"));
    }
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void connection_thatStoodBeforeTheRecording_isRecordedWithItsLength(MqttEngine engine)
      throws InterruptedException {
    try (NHubClient nhub = client(engine)) {
      subscribe(nhub);
      try (Flight flight = Flight.of(Flight.CONNECTION)) {
        fake.dropConnections();
        inbox.takeEvent(SubscriptionEvent.Disconnected.class);

        RecordedEvent connection = flight.take(Flight.CONNECTION).get(0);
        assertFalse(connection.getDuration("stoodFor").isZero());
        assertEquals(StreamErrorCode.CONNECTION_LOST.id(), connection.getString("errorCode"));
      }
    }
  }

  @Test
  void certificate_isRecordedAtEachAttempt() throws InterruptedException {
    try (Flight flight = Flight.of(Flight.CERTIFICATE)) {
      try (NHubClient nhub = client(MqttEngine.PAHO)) {
        subscribe(nhub);
      }

      RecordedEvent certificate = flight.take(Flight.CERTIFICATE).get(0);
      assertEquals(identity.fingerprint(), certificate.getString("fingerprint"));
      assertEquals(
          identity.expiresAt().toEpochMilli(), certificate.getInstant("expiresAt").toEpochMilli());
      assertEquals(
          Duration.between(certificate.getStartTime(), identity.expiresAt()).toDays(),
          certificate.getLong("daysLeft"));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void attempt_throughAProxy_namesItAndHasTheTimeOfTheTunnel(MqttEngine engine, Kind kind)
      throws Exception {
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT);
        TestProxy proxy = toTheBridge(kind).login("svc-nhub", PASSWORD.reveal())) {
      try (NHubClient nhub = client(engine, proxy.address().withLogin("svc-nhub", PASSWORD))) {
        subscribe(nhub);
      }

      RecordedEvent attempt = flight.take(Flight.CONNECTION_ATTEMPT).get(0);
      assertEquals(
          proxy.address().host() + ":" + proxy.address().port(), attempt.getString("proxy"));
      assertFalse(attempt.getDuration("proxyTunnel").isZero());
      assertFalse(attempt.toString().contains(PASSWORD.reveal()), attempt::toString);
    }
  }
}
