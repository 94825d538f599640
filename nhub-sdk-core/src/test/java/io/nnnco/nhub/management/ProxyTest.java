package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The canned API stands where the proxy is; nothing listens where the platform would be. */
final class ProxyTest {
  private static final String PASSWORD = "canary-proxy-password";
  private static final MockResponse WHO_ARE_YOU =
      new MockResponse.Builder()
          .code(407)
          .setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
          .build();

  private final MockApi api = new MockApi();
  private final ProxyServer proxy = ProxyServer.http("localhost", api.server.getPort());
  private final ProxyServer proxyWithLogin = proxy.withLogin("svc", Secret.of(PASSWORD));

  @AfterEach
  void close() {
    api.close();
  }

  private ManagementBuilder through(ProxyServer way) {
    return Management.builder(
            NHubEnvironment.at(URI.create("http://127.0.0.1:1/m/"), "localhost", 8883))
        .token(MockApi.TOKEN)
        .timing(api.time, () -> 1.0)
        .proxy(way);
  }

  private static List<MqttCertificate> list(ManagementBuilder builder) {
    try (Management management = builder.build()) {
      return management.certificates().list().toList();
    }
  }

  @Test
  void call_proxy_isAskedForThePlatform() {
    api.json(200, "[]");

    list(through(proxy));

    RecordedRequest request = api.taken();
    assertEquals("GET http://127.0.0.1:1/m/mqtt-certificates/ HTTP/1.1", request.getRequestLine());
    assertNull(request.getHeaders().get("Proxy-Authorization"));
  }

  @Test
  void call_proxyAndOwnClientWithAnother_goesThroughTheProxyGivenToTheBuilder() {
    api.json(200, "[]");
    Proxy elsewhere =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", 1));
    OkHttpClient own = new OkHttpClient.Builder().proxy(elsewhere).build();

    list(through(proxy).httpClient(own));

    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void call_proxyThatAsksWhoComes_isTold() {
    api.server.enqueue(WHO_ARE_YOU);
    api.json(200, "[]");

    list(through(proxyWithLogin));

    assertNull(api.taken().getHeaders().get("Proxy-Authorization"));
    assertEquals(
        Credentials.basic("svc", PASSWORD), api.taken().getHeaders().get("Proxy-Authorization"));
  }

  @Test
  void call_proxyThatDoesNotLikeTheLogin_isToldOnceAndNotQuoted() {
    api.server.enqueue(WHO_ARE_YOU);
    api.server.enqueue(WHO_ARE_YOU);

    UnexpectedStatusException e =
        assertThrows(UnexpectedStatusException.class, () -> list(through(proxyWithLogin)));

    assertEquals(407, e.status().orElseThrow());
    assertEquals(2, api.server.getRequestCount());
    assertFalse(String.valueOf(e.getMessage()).contains(PASSWORD));
  }

  @Test
  void proxy_socksWithLogin_isRefusedBeforeAnyCall() {
    ProxyServer socks = ProxyServer.socks5("localhost", 1080).withLogin("svc", Secret.of(PASSWORD));

    assertThrows(IllegalArgumentException.class, () -> through(socks));
  }
}
