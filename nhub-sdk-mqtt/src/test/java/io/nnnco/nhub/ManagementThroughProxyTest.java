package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls of the management API, through the proxy of the client. */
class ManagementThroughProxyTest {
  private static final Secret PASSWORD = Secret.of("canary-4711");

  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void close() {
    fake.close();
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
