package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines through both kinds of proxy, and each way in which a proxy fails. */
class ProxyEndToEndTest {
  private static final Secret PASSWORD = Secret.of("canary-4711");

  private final FakeNHub fake = FakeNHub.start();
  private final Inbox inbox = new Inbox();
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder(DEFAULT_ENTERPRISE)
          .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
          .listener(inbox);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void guide_showsCodeThatRuns() throws Exception {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/proxies.md"),
            Path.of("src/test/java/io/nnnco/nhub/ProxyEndToEndTest.java")));
    NHubEnvironment environment = fake.environment();
    ClientIdentity identity = fake.identity(DEFAULT_ENTERPRISE);
    String proxyPassword = PASSWORD.reveal();
    try (TestProxy server = toTheBridge(Kind.HTTP).login("svc-nhub", proxyPassword)) {
      int proxyPort = server.address().port();
      // tag::proxy
      ProxyServer proxy =
          ProxyServer.http("localhost", proxyPort).withLogin("svc-nhub", Secret.of(proxyPassword));
      NHubClient nhub = NHubClient.builder(environment).credentials(identity).proxy(proxy).build();
      // end::proxy
      try (nhub) {
        nhub.subscribe(options.build(), inbox).awaitConnected(SOON);
      }
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(MqttEngine.values())
        .flatMap(engine -> Stream.of(Kind.values()).map(kind -> Arguments.of(engine, kind)));
  }

  private TestProxy toTheBridge(Kind kind) {
    return TestProxy.to(kind, fake.environment().mqttPort());
  }

  private NHubClient client(MqttEngine engine, ProxyServer proxy, NHubEnvironment environment) {
    return NHubClient.builder(environment)
        .credentials(fake.identity(DEFAULT_ENTERPRISE))
        .engine(engine)
        .proxy(proxy)
        .build();
  }

  private NHubClient client(MqttEngine engine, ProxyServer proxy) {
    return client(engine, proxy, fake.environment());
  }

  /** The error of the first attempt of a subscription that goes on trying. */
  private <E extends StreamException> E failing(
      Class<E> type, ErrorCode code, MqttEngine engine, ProxyServer proxy)
      throws InterruptedException {
    try (NHubClient nhub = client(engine, proxy)) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      SubscriptionEvent.Disconnected event = inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      assertFalse(subscription.closed().isDone());
      return Coded.assertInstanceOf(type, code, event.cause());
    }
  }

  /** The error that a subscription ends with. */
  private <E extends StreamException> E refused(
      Class<E> type, ErrorCode code, MqttEngine engine, ProxyServer proxy) {
    try (NHubClient nhub = client(engine, proxy)) {
      E error = Coded.assertThrows(type, code, nhub.subscribe(options.build(), inbox)::awaitClosed);
      StringWriter all = new StringWriter();
      error.printStackTrace(new PrintWriter(all));
      assertFalse(all.toString().contains(PASSWORD.reveal()), all::toString);
      return error;
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void proxy_bringsUplinks_andFindsTheBridgeByItsName(MqttEngine engine, Kind kind)
      throws Exception {
    try (TestProxy proxy = toTheBridge(kind).login("svc-nhub", PASSWORD.reveal());
        NHubClient nhub = client(engine, proxy.address().withLogin("svc-nhub", PASSWORD))) {
      nhub.subscribe(options.build(), inbox).awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123"));
      assertEquals("ABC123", inbox.takeMessage().deviceId());
      String bridge = "name localhost:" + fake.environment().mqttPort();
      assertEquals(List.of(bridge), proxy.requests());

      proxy.cut();
      inbox.takeEvent(SubscriptionEvent.Disconnected.class);
      inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      assertEquals(List.of(bridge, bridge), proxy.requests(), "again through the proxy");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nameThatOnlyTheProxyKnows_isNotLookedUpHere(MqttEngine engine, Kind kind) {
    NHubEnvironment elsewhere =
        NHubEnvironment.at(fake.environment().api(), "bridge.invalid", 8883);
    try (TestProxy proxy = toTheBridge(kind);
        NHubClient nhub = client(engine, proxy.address(), elsewhere)) {
      Coded.assertThrows(
          TlsException.class,
          StreamErrorCode.WRONG_HOST_NAME,
          nhub.subscribe(options.build(), inbox)::awaitClosed);
      assertEquals(List.of("name bridge.invalid:8883"), proxy.requests());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void wrongLogin_isTheEnd_andNotHammered(MqttEngine engine, Kind kind) {
    try (TestProxy proxy = toTheBridge(kind).login("svc-nhub", "right")) {
      var error =
          refused(
              ProxyException.class,
              StreamErrorCode.PROXY_AUTHENTICATION,
              engine,
              proxy.address().withLogin("svc-nhub", PASSWORD));
      assertEquals(ConnectionPhase.PROXY, error.phase());
      assertTrue(String.valueOf(error.getMessage()).contains("refuses user svc-nhub"));
      assertEquals(1, proxy.connections());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noLoginWhereOneIsAskedFor_isTheEnd(MqttEngine engine, Kind kind) {
    try (TestProxy proxy = toTheBridge(kind).login("svc-nhub", "right")) {
      var error =
          refused(
              ProxyException.class, StreamErrorCode.PROXY_AUTHENTICATION, engine, proxy.address());
      String text = String.valueOf(error.getMessage());
      assertTrue(text.matches("(?s).*The proxy localhost:\\d+ requires a login.*"), text);
      assertEquals(kind == Kind.HTTP, text.contains("which offers Basic, NTLM"), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAHO,   403 Forbidden,          HTTP 403 Forbidden",
    "DIRECT, 403 Forbidden,          HTTP 403 Forbidden",
    "DIRECT, 302 Found,              HTTP 302 Found",
    "DIRECT, 405,                    HTTP 405",
  })
  void httpProxyThatRefuses_isTheEnd(MqttEngine engine, String status, String said) {
    try (TestProxy proxy = http(status)) {
      var error =
          refused(ProxyException.class, StreamErrorCode.PROXY_REFUSED, engine, proxy.address());
      assertEquals(ConnectionPhase.PROXY, error.phase());
      assertTrue(String.valueOf(error.getMessage()).contains(": " + said + ". "), error::toString);
    }
  }

  @Test
  void httpProxyThatRepeatsTheLogin_isShownWithoutIt_onOneLine() {
    String login = Base64.getEncoder().encodeToString(ascii("svc-nhub:" + PASSWORD.reveal()));
    String said =
        "403 No \u001b[31m\u009b2J, Basic " + login + ", canary-4711 " + "x".repeat(9_000);
    try (TestProxy proxy = http(said)) {
      var error =
          refused(
              ProxyException.class,
              StreamErrorCode.PROXY_REFUSED,
              MqttEngine.DIRECT,
              proxy.address().withLogin("svc-nhub", PASSWORD));
      String text = String.valueOf(error.getMessage());
      assertFalse(text.contains(login.substring(15)) || text.matches("(?s).*\\p{Cc}.*"), text);
      assertTrue(text.contains("HTTP 403 No  [31m 2J, Basic ") && text.length() < 600, text);
    }
  }

  @Test
  void httpProxyThatSays401_meansTheLogin() {
    try (TestProxy proxy = http("401 Unauthorized")) {
      refused(
          ProxyException.class,
          StreamErrorCode.PROXY_AUTHENTICATION,
          MqttEngine.DIRECT,
          proxy.address().withLogin("svc-nhub", PASSWORD));
    }
  }

  @ParameterizedTest
  @CsvSource({"PAHO, 502 Bad Gateway", "DIRECT, 504 Gateway Timeout", "DIRECT, 429 Too Many"})
  void httpProxyThatFindsNoWay_isTriedAgain(MqttEngine engine, String status) throws Exception {
    try (TestProxy proxy = http(status)) {
      var error =
          failing(ProxyException.class, StreamErrorCode.PROXY_TUNNEL, engine, proxy.address());
      assertEquals(ConnectionPhase.PROXY, error.phase());
      assertTrue(String.valueOf(error.getMessage()).contains(status), error::toString);
    }
  }

  private static TestProxy http(String status) {
    return TestProxy.saying(Kind.HTTP, ascii("HTTP/1.1 " + status + "\r\nServer: x\r\n\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static TestProxy socks(int reply) {
    return TestProxy.saying(Kind.SOCKS5, new byte[] {5, 0, 5, (byte) reply});
  }

  @ParameterizedTest
  @CsvSource({"PAHO, 2", "DIRECT, 2", "DIRECT, 7", "DIRECT, 8"})
  void socksProxyThatRefuses_isTheEnd(MqttEngine engine, int reply) {
    try (TestProxy proxy = socks(reply)) {
      var error =
          refused(ProxyException.class, StreamErrorCode.PROXY_REFUSED, engine, proxy.address());
      assertTrue(
          String.valueOf(error.getMessage()).contains("SOCKS reply " + reply), error::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAHO, 5",
    "DIRECT, 1",
    "DIRECT, 3",
    "DIRECT, 4",
    "DIRECT, 5",
    "DIRECT, 6",
    "DIRECT, 9"
  })
  void socksProxyThatFindsNoWay_isTriedAgain(MqttEngine engine, int reply) throws Exception {
    try (TestProxy proxy = socks(reply)) {
      var error =
          failing(ProxyException.class, StreamErrorCode.PROXY_TUNNEL, engine, proxy.address());
      assertTrue(
          String.valueOf(error.getMessage()).contains("SOCKS reply " + reply), error::toString);
    }
  }

  static Stream<Arguments> garbage() {
    return Stream.of(
        Arguments.of(Kind.HTTP, ascii("SSH-2.0-OpenSSH_9.6\r\n"), "does not speak HTTP"),
        Arguments.of(Kind.HTTP, ascii("HTTP/1.1 maybe\r\n\r\n"), "does not speak HTTP"),
        Arguments.of(Kind.HTTP, new byte[] {5, 0}, "does not speak HTTP"),
        Arguments.of(
            Kind.HTTP, ascii("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000)), "endless header"),
        Arguments.of(Kind.SOCKS5, ascii("HTTP/1.1 400 Bad\r\n\r\n"), "does not speak SOCKS 5"),
        Arguments.of(Kind.SOCKS5, new byte[] {4, 90}, "does not speak SOCKS 5"),
        Arguments.of(Kind.SOCKS5, new byte[] {5, 1}, "was not offered"),
        Arguments.of(Kind.SOCKS5, new byte[] {5, 0, 5, 0, 0, 9}, "address type"));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void proxyThatSpeaksSomethingElse_isAnErrorOfItsOwn(Kind kind, byte[] script, String what)
      throws Exception {
    for (MqttEngine engine : MqttEngine.values()) {
      try (TestProxy proxy = TestProxy.saying(kind, script)) {
        var error =
            failing(ProxyException.class, StreamErrorCode.PROXY_PROTOCOL, engine, proxy.address());
        assertEquals(ConnectionPhase.PROXY, error.phase());
        assertTrue(String.valueOf(error.getMessage()).contains(what), error::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void proxyThatHangsUp_isAnErrorOfItsOwn(MqttEngine engine, Kind kind) throws Exception {
    try (TestProxy proxy = TestProxy.saying(kind, new byte[0]).hangingUp()) {
      var error =
          failing(ProxyException.class, StreamErrorCode.PROXY_PROTOCOL, engine, proxy.address());
      assertTrue(
          String.valueOf(error.getMessage()).contains("closed the connection before it responded"),
          error::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void proxyThatSaysNothing_isATimeoutThatNamesThePhase(MqttEngine engine, Kind kind)
      throws Exception {
    options.connectTimeout(Duration.ofMillis(500));
    try (TestProxy proxy = TestProxy.saying(kind, new byte[0]);
        NHubClient nhub = client(engine, proxy.address())) {
      Subscription subscription = nhub.subscribe(options.build(), inbox);
      inbox.takeTimeoutIn(ConnectionPhase.PROXY);
      assertFalse(subscription.closed().isDone());
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxyThatIsNotThere_isAnErrorOfItsOwn(MqttEngine engine) throws Exception {
    ProxyServer proxy = ProxyServer.http("localhost", ClosedPort.number());
    assertEquals(
        ConnectionPhase.TCP,
        failing(ProxyException.class, StreamErrorCode.PROXY_UNREACHABLE, engine, proxy).phase());
  }

  @ParameterizedTest
  @EnumSource
  void proxyWithoutAnAddress_isAnErrorOfItsOwn(MqttEngine engine) throws Exception {
    var error =
        failing(
            ProxyException.class,
            StreamErrorCode.PROXY_UNREACHABLE,
            engine,
            ProxyServer.socks5("proxy.invalid", 1080));
    assertEquals(ConnectionPhase.DNS, error.phase());
    assertTrue(String.valueOf(error.getMessage()).contains("proxy.invalid:1080"));
  }

  @Test
  void managementApi_goesThroughASocksProxyToo() {
    try (FakeNHub secure = FakeNHub.builder().https().start();
        TestProxy proxy = TestProxy.to(Kind.SOCKS5, secure.environment().api().getPort());
        NHubClient nhub = managing(secure, proxy.address())) {
      var error =
          assertThrows(
              ApiConnectionException.class, () -> nhub.management().apiKeys().create("svc-mqtt"));
      assertEquals(CallPhase.TLS, error.phase());
      assertEquals(List.of("name " + secure.environment().api().getAuthority()), proxy.requests());
    }
  }

  @Test
  void managementApi_onThisMachineOverPlainHttp_isAskedDirectly() {
    try (TestProxy proxy = TestProxy.to(Kind.SOCKS5, fake.environment().api().getPort());
        NHubClient nhub = managing(fake, proxy.address())) {
      assertEquals("svc-mqtt", nhub.management().apiKeys().create("svc-mqtt").username());
      assertEquals(List.of(), proxy.requests());
    }
  }

  @Test
  void managementApi_goesThroughAnHttpProxyToo_andLogsIn() {
    try (FakeNHub secure = FakeNHub.builder().https().start();
        TestProxy proxy =
            TestProxy.to(Kind.HTTP, secure.environment().api().getPort())
                .login("svc-nhub", PASSWORD.reveal());
        NHubClient nhub = managing(secure, proxy.address().withLogin("svc-nhub", PASSWORD))) {
      var error =
          assertThrows(
              ApiConnectionException.class, () -> nhub.management().apiKeys().create("svc-mqtt"));
      // The way is open as far as the fake's CA, which is not among the system's.
      assertEquals(CallPhase.TLS, error.phase());
      assertEquals(List.of("name " + secure.environment().api().getAuthority()), proxy.requests());
    }
  }

  @Test
  void managementApi_behindASocksProxyWithALogin_isToldWhenTheClientIsBuilt() {
    ProxyServer proxy = ProxyServer.socks5("localhost", 1080).withLogin("svc-nhub", PASSWORD);
    assertThrows(IllegalArgumentException.class, () -> managing(fake, proxy));
  }

  private static NHubClient managing(FakeNHub platform, ProxyServer proxy) {
    return NHubClient.builder(platform.environment())
        .managementToken(platform.adminToken())
        .proxy(proxy)
        .build();
  }
}
