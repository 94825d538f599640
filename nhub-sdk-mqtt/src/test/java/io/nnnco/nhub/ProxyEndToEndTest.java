package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines through both kinds of proxy, with and without a login. */
class ProxyEndToEndTest extends ProxyFixture {
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
}
