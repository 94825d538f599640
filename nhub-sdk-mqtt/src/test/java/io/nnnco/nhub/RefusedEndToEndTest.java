package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityExpiredException;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way to be refused has its own typed error with advice, and none hangs. */
class RefusedEndToEndTest {
  private final FakeNHub fake =
      FakeNHub.builder().enterprises(DEFAULT_ENTERPRISE, "nnn.other").start();
  private final Inbox inbox = new Inbox();
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder(DEFAULT_ENTERPRISE)
          .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
          .listener(inbox);

  @AfterEach
  void close() {
    fake.close();
  }

  private static void assertSays(String part, NHubException error) {
    assertTrue(String.valueOf(error.getMessage()).contains(part), error::getMessage);
  }

  private <E extends NHubException> E refused(
      Class<E> type, ErrorCode code, Credentials credentials) {
    return refused(type, code, NHubClient.builder(fake.environment()).credentials(credentials));
  }

  /** The terminal error of a subscription. */
  private <E extends NHubException> E refused(
      Class<E> type, ErrorCode code, NHubClientBuilder builder) {
    try (NHubClient nhub = builder.build()) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      E error = Coded.assertThrows(type, code, subscription::awaitClosed);
      assertEquals(SubscriptionState.CLOSED, subscription.state());
      assertSame(error, assertThrows(type, () -> subscription.awaitConnected(SOON)));
      String text = String.valueOf(error.getMessage());
      assertTrue(text.startsWith(error.code().id()), text);
      assertTrue(text.endsWith(error.advice()), text);
      return error;
    }
  }

  private static void assertSame(Throwable expected, Throwable actual) {
    assertEquals(expected, actual, "the same error, whoever asks");
  }

  /** The error of the first attempt of a subscription that goes on trying. */
  private <E extends NHubException> E failing(
      Class<E> type, ErrorCode code, NHubEnvironment environment) throws InterruptedException {
    try (NHubClient nhub = client(environment)) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      SubscriptionEvent.Disconnected event = inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertFalse(subscription.closed().isDone());
      return Coded.assertInstanceOf(type, code, event.cause());
    }
  }

  private ConnectionException timingOut(ConnectionPhase phase, NHubEnvironment environment)
      throws InterruptedException {
    try (NHubClient nhub = client(environment)) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      ConnectionException timeout = inbox.takeTimeoutIn(phase);
      assertFalse(subscription.closed().isDone());
      return timeout;
    }
  }

  private NHubClient client(NHubEnvironment environment) {
    return NHubClient.builder(environment).credentials(fake.identity(DEFAULT_ENTERPRISE)).build();
  }

  @Test
  void noCredentials_isToldBeforeAnyConnection() {
    try (NHubClient nhub = NHubClient.builder(fake.environment()).build()) {
      Coded.assertThrows(
          AuthenticationException.class,
          StreamErrorCode.MISSING_CREDENTIALS,
          () -> nhub.subscribe(DEFAULT_ENTERPRISE, uplink -> {}));
    }
    assertEquals(0, fake.connects().all().size());
  }

  @Test
  void wrongToken_isBadCredentials() {
    refused(
        AuthenticationException.class,
        StreamErrorCode.BAD_CREDENTIALS,
        fake.identities().wrongPassword(DEFAULT_ENTERPRISE));
    assertEquals(1, fake.connects().all().size(), "not hammered");
  }

  @Test
  void foreignCa_isNotAuthorized() {
    refused(
        AuthenticationException.class,
        StreamErrorCode.NOT_AUTHORIZED,
        fake.identities().foreignCa(DEFAULT_ENTERPRISE));
    assertEquals(1, fake.connects().all().size(), "not hammered");
  }

  @Test
  void inactiveKey_isNotAuthorized() {
    refused(
        AuthenticationException.class,
        StreamErrorCode.NOT_AUTHORIZED,
        fake.identities().ofInactiveKey(DEFAULT_ENTERPRISE));
  }

  @Test
  void expiredCertificate_isToldBeforeAnyConnection() {
    refused(
        IdentityExpiredException.class,
        CoreErrorCode.IDENTITY_EXPIRED,
        fake.identities().expired(DEFAULT_ENTERPRISE));
    assertEquals(0, fake.connects().all().size());
  }

  @Test
  void expiredCertificate_onAMachineWithASlowClock_isRefusedByTheBridge() {
    InstantSource slow = () -> InstantSource.system().instant().minus(Duration.ofDays(2));
    refused(
        AuthenticationException.class,
        StreamErrorCode.NOT_AUTHORIZED,
        NHubClient.builder(fake.environment())
            .credentials(fake.identities().expired(DEFAULT_ENTERPRISE))
            .time(new Time(slow, System::nanoTime)));
    assertEquals(1, fake.connects().all().size());
  }

  @Test
  void notYetValidCertificate_isToldBeforeAnyConnection() {
    refused(
        IdentityException.class,
        CoreErrorCode.IDENTITY_NOT_YET_VALID,
        fake.identities().notYetValid(DEFAULT_ENTERPRISE));
  }

  @Test
  void revokedCertificate_isRefusedAtTheNextConnection_andTheLiveOneIsKept()
      throws InterruptedException {
    ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      subscription.awaitConnected(SOON);
      fake.revoke(identity);
      fake.publish(FakeMessage.uplink("ABC123"));
      assertEquals("ABC123", inbox.takeMessage().deviceId(), "a live connection is not cut");
      fake.acks().take(SOON);

      fake.dropConnections();
      assertThrows(CertificateRevokedException.class, subscription::awaitClosed);
    }
  }

  @Test
  void certificateThatThePlatformSaysHasExpired_hasAdviceThatSpeaksOfItsDate() {
    ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
    fake.expire(identity);

    AuthenticationException error =
        refused(AuthenticationException.class, StreamErrorCode.NOT_AUTHORIZED, identity);

    assertTrue(error.advice().contains("is in date"), error::advice);
  }

  @Test
  void certificateRejectedInTheHandshake_namesTheAlert() {
    fake.inject(new BridgeFault.RejectCertificate());
    ClientCertificateRejectedException error =
        refused(
            ClientCertificateRejectedException.class,
            StreamErrorCode.CLIENT_CERTIFICATE_REJECTED,
            fake.identity(DEFAULT_ENTERPRISE));
    assertFalse(error.alert().isEmpty());
  }

  @Test
  void otherEnterprise_isASubscriptionRefused_andNotRetried() {
    options.alsoEnterprise("nnn.other");
    SubscriptionRefusedException error =
        refused(
            SubscriptionRefusedException.class,
            StreamErrorCode.SUBSCRIPTION_REFUSED,
            fake.identity(DEFAULT_ENTERPRISE));

    assertEquals("v4/groups/nnn.other.master/+/uplinks", error.topicFilter());
    assertEquals(0x87, error.reasonCode());
    assertEquals(1, fake.connects().all().size());
    assertSays("to v4/groups/nnn.other.master/+/uplinks for the client certificate: not", error);
  }

  @Test
  void otherEnterprise_byUsername_namesTheUser() {
    options.alsoEnterprise("nnn.other");
    UsernamePassword user = fake.usernamePassword();

    assertSays(
        "to v4/groups/nnn.other.master/+/uplinks for user " + user.username() + ": not",
        refused(SubscriptionRefusedException.class, StreamErrorCode.SUBSCRIPTION_REFUSED, user));
  }

  @Test
  void serverCertificateOfAnotherCa_isNotTrusted() {
    fake.inject(new BridgeFault.WrongServerCertificate(ServerCertificate.OTHER_CA));
    refused(
        TlsException.class, StreamErrorCode.SERVER_NOT_TRUSTED, fake.identity(DEFAULT_ENTERPRISE));
  }

  @Test
  void serverCertificateSelfSigned_isNotTrusted() {
    fake.inject(new BridgeFault.WrongServerCertificate(ServerCertificate.SELF_SIGNED));
    refused(
        TlsException.class, StreamErrorCode.SERVER_NOT_TRUSTED, fake.identity(DEFAULT_ENTERPRISE));
  }

  @Test
  void serverCertificateForAnotherName_isAWrongHostName() {
    fake.inject(new BridgeFault.WrongServerCertificate(ServerCertificate.WRONG_NAME));
    refused(TlsException.class, StreamErrorCode.WRONG_HOST_NAME, fake.identity(DEFAULT_ENTERPRISE));
  }

  @Test
  void serverCertificateExpired_isToldAndTriedAgain() throws InterruptedException {
    fake.inject(new BridgeFault.WrongServerCertificate(ServerCertificate.EXPIRED));
    failing(TlsException.class, StreamErrorCode.SERVER_CERTIFICATE_EXPIRED, fake.environment());
  }

  @Test
  void silenceAfterConnect_isATimeoutThatNamesThePhase() throws InterruptedException {
    options.connectTimeout(Duration.ofMillis(1_500));
    fake.inject(new BridgeFault.Silence(Moment.CONNECT), Occurrence.always());
    ConnectionException error = timingOut(ConnectionPhase.CONNECT, fake.environment());
    assertSays("Not connected within 1 s 500 ms, stuck in CONNECT.", error);
  }

  @Test
  void silenceAfterConnack_isATimeoutThatNamesThePhase() throws InterruptedException {
    options.connectTimeout(Duration.ofMillis(1_500));
    fake.inject(new BridgeFault.Silence(Moment.SUBSCRIBE), Occurrence.always());
    timingOut(ConnectionPhase.SUBSCRIBE, fake.environment());
  }

  @Test
  void serverThatNeverShakesHands_isATimeoutInTls() throws Exception {
    options.connectTimeout(Duration.ofMillis(800));
    try (ServerSocket mute = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      timingOut(ConnectionPhase.TLS, bridgeAt(mute.getLocalPort()));
    }
  }

  @Test
  void serverThatDoesNotSpeakTls_isTlsFailed() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerInPlainText(plain));
      server.setDaemon(true);
      server.start();
      failing(TlsException.class, StreamErrorCode.TLS_FAILED, bridgeAt(plain.getLocalPort()));
    }
  }

  private static void answerInPlainText(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The test has seen enough, and closed the socket.
    }
  }

  @Test
  void nobodyListens_isConnectionRefused() throws Exception {
    failing(
        ConnectionException.class,
        StreamErrorCode.CONNECTION_REFUSED,
        bridgeAt(ClosedPort.number()));
  }

  @Test
  void unknownHost_isHostNotFound() throws InterruptedException {
    failing(
        ConnectionException.class,
        StreamErrorCode.HOST_NOT_FOUND,
        NHubEnvironment.at(fake.environment().api(), "no-such-host.invalid", 8883));
  }

  private NHubEnvironment bridgeAt(int port) {
    return NHubEnvironment.at(fake.environment().api(), "localhost", port);
  }
}
