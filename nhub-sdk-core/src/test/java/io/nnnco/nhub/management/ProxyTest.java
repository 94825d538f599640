package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The canned API is the proxy, and the platform at the other end of its tunnel. */
final class ProxyTest {
  private static final String PASSWORD = "canary-proxy-password";
  private static final String PLATFORM = "api.platform.example";
  private static final HeldCertificate HELD =
      new HeldCertificate.Builder().addSubjectAlternativeName(PLATFORM).build();
  private static final MockResponse TUNNEL = new MockResponse.Builder().inTunnel().build();

  private final MockApi api = new MockApi();
  private final ProxyServer proxy = ProxyServer.http("localhost", api.server.getPort());
  private final ProxyServer proxyWithLogin = proxy.withLogin("svc", Secret.of(PASSWORD));
  private final OkHttpClient trusting = trusting();

  ProxyTest() {
    api.server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(HELD).build().sslSocketFactory());
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static OkHttpClient trusting() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(HELD.certificate()).build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
        .build();
  }

  private static MockResponse.Builder whoAreYou() {
    return new MockResponse.Builder()
        .code(407)
        .setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"");
  }

  private ManagementBuilder through(ProxyServer way) {
    return Management.builder(
            NHubEnvironment.at(URI.create("https://" + PLATFORM + "/m/"), "localhost", 8883))
        .token(MockApi.TOKEN)
        .timing(api.time, () -> 1.0)
        .httpClient(trusting)
        .proxy(way);
  }

  private static List<MqttCertificate> list(ManagementBuilder builder) {
    try (Management management = builder.build()) {
      return management.certificates().list().toList();
    }
  }

  @Test
  void call_proxy_isAskedForThePlatformAndSeesNoToken() {
    api.server.enqueue(TUNNEL);
    api.json(200, "[]");

    list(through(proxy));

    RecordedRequest connect = api.taken();
    assertEquals("CONNECT " + PLATFORM + ":443 HTTP/1.1", connect.getRequestLine());
    assertNull(connect.getHeaders().get("Authorization"));
    assertNull(connect.getHeaders().get("Proxy-Authorization"));
    assertEquals("/m/mqtt-certificates/", api.taken().getTarget());
  }

  @Test
  void call_proxyAndOwnClientWithAnother_goesThroughTheProxyGivenToTheBuilder() {
    api.server.enqueue(TUNNEL);
    api.json(200, "[]");
    Proxy elsewhere =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", 1));

    list(through(proxy).httpClient(trusting.newBuilder().proxy(elsewhere).build()));

    assertEquals(2, api.server.getRequestCount());
  }

  @Test
  void call_proxyWithLogin_isToldAndThePlatformIsNot() {
    api.server.enqueue(TUNNEL);
    api.json(200, "[]");

    list(through(proxyWithLogin));

    assertEquals(
        Credentials.basic("svc", PASSWORD), api.taken().getHeaders().get("Proxy-Authorization"));
    assertNull(api.taken().getHeaders().get("Proxy-Authorization"));
  }

  @Test
  void call_proxyThatDoesNotLikeTheLogin_isToldOnceAndNotQuoted() {
    api.server.enqueue(whoAreYou().inTunnel().build());

    ApiConnectionException e =
        assertThrows(
            ApiConnectionException.class,
            () -> list(through(proxyWithLogin).retryPolicy(RetryPolicy.none())));

    assertEquals(1, api.server.getRequestCount());
    assertFalse(String.valueOf(e.getMessage()).contains(PASSWORD));
  }

  @Test
  void call_platformAnswers407ThroughTheTunnel_isNotToldTheProxysLogin() {
    api.server.enqueue(TUNNEL);
    api.server.enqueue(whoAreYou().build());
    api.json(200, "[]");

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_UNEXPECTED_STATUS,
            () -> list(through(proxyWithLogin)));

    assertEquals(407, e.status().orElseThrow());
    assertEquals(2, api.server.getRequestCount());
    assertEquals("CONNECT", api.taken().getMethod());
    assertNull(api.taken().getHeaders().get("Proxy-Authorization"));
    assertFalse(String.valueOf(e.getMessage()).contains(PASSWORD));
  }

  @Test
  void call_platformAnswers407AndOwnClientHasALogin_isNotToldIt() {
    api.server.enqueue(TUNNEL);
    api.server.enqueue(whoAreYou().build());
    api.json(200, "[]");
    OkHttpClient own =
        trusting
            .newBuilder()
            .proxyAuthenticator(
                (route, response) ->
                    response.request().newBuilder().header("Proxy-Authorization", "x").build())
            .build();

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_UNEXPECTED_STATUS,
        () -> list(through(proxy).httpClient(own)));

    assertEquals(2, api.server.getRequestCount());
  }

  @Test
  void call_plainHttpOnThisMachine_goesDirectWhateverTheProxy() {
    try (MockApi local = new MockApi()) {
      local.json(200, "[]").json(200, "[]");
      OkHttpClient own =
          new OkHttpClient.Builder()
              .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("localhost", 1)))
              .build();

      list(local.builder().proxy(proxyWithLogin));
      list(local.builder().httpClient(own));

      assertEquals(0, api.server.getRequestCount());
      assertEquals(
          "GET /api/v4/manage/mqtt-certificates/ HTTP/1.1", local.taken().getRequestLine());
      assertEquals(1 + 1, local.server.getRequestCount());
    }
  }

  @Test
  void proxy_socksWithLogin_isRefusedBeforeAnyCall() {
    ProxyServer socks = ProxyServer.socks5("localhost", 1080).withLogin("svc", Secret.of(PASSWORD));

    assertThrows(IllegalArgumentException.class, () -> through(socks));
  }
}
