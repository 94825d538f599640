package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.Subscriber.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole fake, over its sockets. */
final class FakeNHubTest {
  private static final String ACME = "nnn.acme";
  private static final String UPLINKS = "v4/groups/nnn.acme.master/+/uplinks";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final VirtualClock clock = VirtualClock.at(Instant.now());
  private final FakeNHub fake =
      FakeNHub.builder().enterprises(ACME, "nnn.beta").clock(clock).start();

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @Tag("M3")
  void identity_ofAnEnterprise_receivesWhatIsPublished() throws IOException {
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      assertEquals(1, subscriber.subscribe(UPLINKS));

      PublishReceipt receipt =
          fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "\u00b0C"));
      Received received = subscriber.receive();
      subscriber.acknowledge(received);

      assertEquals("v4/groups/nnn.acme.master/ABC123/uplinks", received.topic());
      assertTrue(received.text().contains("\"timestamp_ms\": " + clock.instant().toEpochMilli()));
      receipt.awaitDelivered(SOON);
    }
  }

  @Test
  @Tag("M4")
  void usernamePassword_ofAnEnterprise_isScopedToIt() throws IOException {
    UsernamePassword credentials = fake.usernamePassword("nnn.beta");

    try (Subscriber subscriber = Subscriber.connected(fake, credentials, "c1")) {
      assertEquals(0x80, subscriber.subscribe(UPLINKS));
      assertEquals(1, subscriber.subscribe("v4/groups/nnn.beta.master/#"));
    }
    assertEquals("nnn.beta", fake.connects().take(SOON).enterprise());
    assertEquals(0x80, fake.subscriptions().take(SOON).reasonCode() & 0x80);
  }

  @Test
  @Tag("M3")
  void identity_issuedOverRest_isAccepted() throws IOException {
    Curl curl = Curl.as(fake, fake.adminToken());
    Curl.Response response = curl.issue(curl.createKey("svc"));
    ClientIdentity identity =
        ClientIdentity.fromPem(
            response.text("certificate_pem"),
            response.text("private_key_pem"),
            response.text("ca_certificate_pem"));

    assertEquals(0, Subscriber.returnCode(fake, identity));
    assertEquals(response.text("fingerprint"), fake.connects().take(SOON).certificateFingerprint());
  }

  static Stream<Arguments> badCredentials() {
    return Stream.of(
        bad("expired", 5, "certificate expired", i -> i.expired(ACME)),
        bad("notYetValid", 5, "certificate not yet valid", i -> i.notYetValid(ACME)),
        bad("revoked", 5, "certificate revoked", i -> i.revoked(ACME)),
        bad("ofInactiveKey", 5, "API key inactive", i -> i.ofInactiveKey(ACME)),
        bad("foreignCa", 5, "certificate not issued by the platform CA", i -> i.foreignCa(ACME)),
        bad("wrongPassword", 4, "bad username or token", i -> i.wrongPassword(ACME)));
  }

  private static Arguments bad(
      String name, int returnCode, String reason, Function<FakeIdentities, Credentials> get) {
    return Arguments.of(name, returnCode, reason, get);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCredentials")
  @Tag("M5")
  @Tag("M7")
  void connect_withBadCredentials_isRefusedWithAReason(
      String name, int returnCode, String reason, Function<FakeIdentities, Credentials> get)
      throws IOException {
    assertEquals(returnCode, Subscriber.returnCode(fake, get.apply(fake.identities())));

    ConnectRecord record = fake.connects().take(SOON);
    assertFalse(record.accepted());
    assertTrue(record.reason().contains(reason), record::toString);
  }

  @Test
  @Tag("M6")
  void revoke_duringAConnection_countsForTheNextOnly() throws IOException {
    ClientIdentity identity = fake.identity();
    try (Subscriber subscriber = Subscriber.connected(fake, identity, "c1")) {
      subscriber.subscribe(UPLINKS);

      fake.revoke(identity);

      fake.publish(FakeMessage.uplink("A"));
      subscriber.acknowledge(subscriber.receive());
      assertEquals(5, Subscriber.returnCode(fake, identity));
    }
    assertNotEquals(identity, fake.identity());
    assertEquals(0, Subscriber.returnCode(fake, fake.identity()));
  }

  @Test
  @Tag("M7")
  void expire_now_refusesTheNextConnection() throws IOException {
    ClientIdentity identity = fake.identity();

    fake.expire(identity);

    assertEquals(5, Subscriber.returnCode(fake, identity));
    assertNotEquals(identity, fake.identity());
  }

  @Test
  @Tag("M7")
  void advance_pastTheEndOfACertificate_refusesIt() throws IOException {
    ClientIdentity identity = fake.identity();

    clock.advance(Duration.ofDays(366));

    assertEquals(5, Subscriber.returnCode(fake, identity));
    assertEquals(0, Subscriber.returnCode(fake, fake.identity()));
  }

  @Test
  @Tag("M3")
  void deactivate_aKey_refusesItsCertificatesAndToken() throws IOException {
    ClientIdentity identity = fake.identity();
    UsernamePassword login = fake.usernamePassword();
    String keyId = fake.apiKey(ACME).id();

    fake.deactivate(keyId);

    assertEquals(5, Subscriber.returnCode(fake, identity));
    assertEquals(5, Subscriber.returnCode(fake, login));
    fake.activate(keyId);
    assertEquals(0, Subscriber.returnCode(fake, identity));
    assertEquals(0, Subscriber.returnCode(fake, login));
  }

  @Test
  void session_ofAClient_tellsWhatTheBridgeHasOfIt() throws IOException {
    FakeSession session = fake.session("c1");
    assertFalse(session.exists());
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe(UPLINKS);
      fake.publish(FakeMessage.uplink("A"));
      Received received = subscriber.receive();

      assertTrue(session.connected());
      assertEquals(List.of(UPLINKS), session.filters());
      assertEquals(List.of(received.topic()), session.unacknowledged());

      assertTrue(session.drop());
      assertEquals(DisconnectRecord.Cause.BRIDGE, fake.disconnects().take(SOON).cause());
      assertFalse(session.disconnect(0x8B, "no longer there"));
    }
    assertFalse(session.connected());
  }

  @Test
  void identity_askedTwice_isTheSameButFreshOnesAreNot() {
    assertEquals(fake.identity(), fake.identity(ACME));
    assertNotEquals(fake.identities().fresh(ACME), fake.identities().fresh(ACME));
  }

  @Test
  void identity_ofAnUnknownEnterprise_isAMistake() {
    assertThrows(IllegalArgumentException.class, () -> fake.identity("nnn.other"));
    assertThrows(IllegalArgumentException.class, () -> fake.adminToken("nnn.other"));
    assertThrows(NoSuchElementException.class, () -> fake.revoke("none"));
    assertThrows(NoSuchElementException.class, () -> fake.deactivate("none"));
  }

  @Test
  void publish_withQos2_isAMistake() {
    assertThrows(IllegalArgumentException.class, () -> fake.publish("t", new byte[0], 2));
  }

  @Test
  void close_withAClientLeftBehind_failsAndNamesIt() throws IOException {
    FakeNHub leaky = FakeNHub.start();
    try (Subscriber subscriber = Subscriber.connected(leaky, leaky.identity(), "forgotten")) {
      subscriber.subscribe(UPLINKS);
      leaky.publish(FakeMessage.uplink("A"));
      subscriber.receive();

      String message = assertThrows(AssertionError.class, leaky::close).toString();

      assertTrue(message.contains("client forgotten is still connected"), message);
      assertTrue(message.contains("has not acknowledged 1 message(s)"), message);
      assertTrue(message.contains("v4/groups/nnn.acme.master/A/uplinks"), message);
    }
    leaky.close();
  }

  @Test
  void close_afterAClientThatAFaultMadeUnheard_doesNotBlameIt() throws IOException {
    fake.inject(new BridgeFault.HalfOpen(BridgeFault.Moment.PUBLISHED));
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "unheard")) {
      subscriber.subscribe(UPLINKS);
      fake.publish(FakeMessage.uplink("A"));
      subscriber.receive();
      subscriber.abandon();
    }

    fake.verifyNoLeaks();
  }

  @Test
  void close_withTheLeakCheckOff_doesNotFail() throws IOException {
    FakeNHub lenient = FakeNHub.builder().leakCheck(false).start();
    try (Subscriber subscriber = Subscriber.connected(lenient, lenient.identity(), "c1")) {
      subscriber.subscribe(UPLINKS);
      lenient.close();
    }
  }

  @Test
  void close_onAnInterruptedThread_closesAllTheSame() {
    FakeNHub interrupted = FakeNHub.start();
    NHubEnvironment environment = interrupted.environment();
    Thread.currentThread().interrupt();
    interrupted.close();

    assertTrue(Thread.interrupted());
    assertThrows(
        ConnectException.class, () -> new Socket("localhost", environment.mqttPort()).close());
    assertThrows(
        ConnectException.class, () -> new Socket("localhost", environment.api().getPort()).close());
  }

  @Test
  void reset_betweenTests_beginsAfreshOnTheSamePorts() throws IOException {
    String address = fake.environment().toString();
    ClientIdentity before = fake.identity();
    fake.inject(new BridgeFault.RefuseConnect(0x88), Occurrence.always());
    fake.inject(new ApiFault.Respond(500), Occurrence.always());
    assertNotEquals(0, Subscriber.returnCode(fake, before));

    fake.reset();

    assertEquals(address, fake.environment().toString());
    assertEquals(0, fake.connects().all().size());
    assertEquals(5, Subscriber.returnCode(fake, before));
    assertEquals(0, Subscriber.returnCode(fake, fake.identity()));
    assertEquals(200, Curl.as(fake, fake.adminToken()).get("mqtt-certificates/").status());
  }

  @Test
  @Tag("R1")
  void https_ifAskedFor_isByThePlatformsCa() throws Exception {
    try (FakeNHub secure = FakeNHub.builder().https().start()) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(secure.usernamePassword().sslContext()).build();
      HttpRequest request =
          HttpRequest.newBuilder(secure.environment().api().resolve("mqtt-certificates/"))
              .header("Authorization", "Bearer " + secure.adminToken().reveal())
              .build();

      assertEquals("https", secure.environment().api().getScheme());
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    }
  }

  @Test
  void start_onATakenPort_saysSo() {
    int apiPort = fake.environment().api().getPort();
    int mqttPort = fake.environment().mqttPort();

    String api =
        assertThrows(UncheckedIOException.class, () -> FakeNHub.builder().apiPort(apiPort).start())
            .toString();
    String mqtt =
        assertThrows(
                UncheckedIOException.class, () -> FakeNHub.builder().mqttPort(mqttPort).start())
            .toString();

    assertTrue(api.contains("management API cannot listen on port " + apiPort), api);
    assertTrue(mqtt.contains("MQTT bridge cannot listen on port " + mqttPort), mqtt);
    assertTrue(mqtt.endsWith("Take another port, or 0 for any that is free."), mqtt);
  }

  @Test
  void simulator_ofTheFake_sendsToItsSubscribers() throws IOException {
    try (Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe(UPLINKS);
      DeviceSimulator simulator = fake.simulator().devices(1).every(Duration.ofSeconds(1)).start();

      clock.advance(Duration.ofSeconds(5));

      for (long i = 0; i < simulator.sent(); i++) {
        subscriber.acknowledge(subscriber.receive());
      }
      assertTrue(simulator.sent() >= 4);
    }
  }
}
