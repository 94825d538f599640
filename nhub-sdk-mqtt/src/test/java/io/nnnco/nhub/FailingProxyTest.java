package io.nnnco.nhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a proxy fails: which ends the subscription, and which is tried again. */
class FailingProxyTest extends ProxyFixture {
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
}
