package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Credentials;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OkHttpClient of the user's: used, bent to our rules, and left as it was. */
final class OwnHttpClientTest {
  private final MockApi api = new MockApi();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void call_ownClient_usesItsInterceptorsAndPool() {
    List<String> seen = new ArrayList<>();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  seen.add(chain.request().url().encodedPath());
                  return chain.proceed(chain.request());
                })
            .build();
    api.json(200, "[]");

    MockApi.list(api.builder().httpClient(own));

    assertEquals(List.of("/api/v4/manage/mqtt-certificates/"), seen);
    assertEquals(1, own.connectionPool().connectionCount());
  }

  @Test
  void close_ownClient_isLeftOpen() throws Exception {
    OkHttpClient own = new OkHttpClient();
    api.json(200, "[]").json(200, "still here");
    MockApi.list(api.builder().httpClient(own));

    assertFalse(own.dispatcher().executorService().isShutdown());
    Request request = new Request.Builder().url(api.server.url("/")).build();
    try (Response response = own.newCall(request).execute()) {
      assertEquals("still here", response.body().string());
    }
  }

  @Test
  void call_ownClientThatFollowsAndAuthenticates_doesNeitherHere() throws Exception {
    OkHttpClient own =
        new OkHttpClient.Builder()
            .followRedirects(true)
            .authenticator(
                (route, response) ->
                    response
                        .request()
                        .newBuilder()
                        .header("Authorization", Credentials.basic("user", "password"))
                        .build())
            .build();
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      api.enqueue(MockApi.answer(302, "").setHeader("Location", elsewhere.url("/")))
          .json(401, "{}");

      Coded.assertThrows(
          ManagementException.class,
          CoreErrorCode.API_UNEXPECTED_STATUS,
          () -> MockApi.list(api.builder().httpClient(own)));
      Coded.assertThrows(
          ManagementException.class,
          CoreErrorCode.API_AUTHENTICATION_FAILED,
          () -> MockApi.list(api.builder().httpClient(own)));

      assertEquals(0, elsewhere.getRequestCount());
      assertEquals(2, api.server.getRequestCount());
    }
  }

  @Test
  void call_unlessSaidOtherwise_mayTakeAMinuteAndAnAttemptTwentySeconds() {
    for (String wait : List.of("50", "60")) {
      api.enqueue(MockApi.answer(429, "{}").setHeader("Retry-After", wait));
      api.json(200, "[]");
    }
    List<Duration> limits = new ArrayList<>();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  limits.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
                  return chain.proceed(chain.request());
                })
            .build();

    MockApi.list(api.builder().httpClient(own));
    assertThrows(RateLimitedException.class, () -> MockApi.list(api.builder()));

    assertEquals(List.of(Duration.ofSeconds(20), Duration.ofSeconds(10)), limits);
  }

  @Test
  void call_ownClientWithACache_isAnsweredByThePlatformEachTime(@TempDir Path directory)
      throws IOException {
    for (int i = 0; i < 2; i++) {
      api.enqueue(MockApi.answer(200, "[]").setHeader("Cache-Control", "max-age=600"));
    }
    try (Cache cache = new Cache(directory.toFile(), 1 << 20)) {
      OkHttpClient own = new OkHttpClient.Builder().cache(cache).build();

      MockApi.list(api.builder().httpClient(own));
      MockApi.list(api.builder().httpClient(own));
    }

    assertEquals(2, api.server.getRequestCount());
  }

  @Test
  void call_ownClientWithAListener_isHeard() {
    List<String> heard = new ArrayList<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            heard.add("connectStart");
          }

          @Override
          public void requestHeadersStart(Call call) {
            heard.add("requestHeadersStart");
          }

          @Override
          public void callEnd(Call call) {
            heard.add("callEnd");
          }
        };
    api.json(200, "[]");

    MockApi.list(
        api.builder().httpClient(new OkHttpClient.Builder().eventListener(listener).build()));

    assertEquals(List.of("connectStart", "requestHeadersStart", "callEnd"), heard);
  }

  @Test
  void call_httpsServerThatIsNotTrusted_failsInTlsAndIsNotRepeated() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(certificatesOf(server()).sslSocketFactory());
      server.start();

      ApiConnectionException e =
          assertThrows(ApiConnectionException.class, () -> MockApi.list(builderFor(server)));

      assertEquals(CallPhase.TLS, e.phase());
      assertFalse(e.outcomeUnknown());
      assertEquals(List.of(), api.time.pauses());
    }
  }

  @Test
  void call_httpsServerThatOwnClientTrusts_isAnswered() throws Exception {
    HeldCertificate held = server();
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
            .build();
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(certificatesOf(held).sslSocketFactory());
      server.start();
      server.enqueue(MockApi.answer(200, "[]").build());

      MockApi.list(builderFor(server).httpClient(own));

      assertEquals(1, server.getRequestCount());
    }
  }

  private static HeldCertificate server() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  }

  private static HandshakeCertificates certificatesOf(HeldCertificate held) {
    return new HandshakeCertificates.Builder().heldCertificate(held).build();
  }

  private ManagementBuilder builderFor(MockWebServer server) {
    URI base = URI.create("https://localhost:" + server.getPort() + "/api/v4/manage/");
    return Management.builder(NHubEnvironment.at(base, "localhost", 8883))
        .token(MockApi.TOKEN)
        .timing(api.time, () -> 1.0);
  }

  @Test
  void call_nameWithoutAddress_failsInDnsWithNothingSent() {
    OkHttpClient own =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                })
            .build();
    ManagementBuilder builder =
        Management.builder(NHubEnvironment.of("dev-au-03"))
            .token(MockApi.TOKEN)
            .retryPolicy(RetryPolicy.none())
            .httpClient(own);
    try (Management management = builder.build()) {
      ApiConnectionException e =
          assertThrows(ApiConnectionException.class, () -> management.apiKeys().create("svc"));

      assertEquals(CallPhase.DNS, e.phase());
      assertFalse(e.outcomeUnknown());
      assertInstanceOf(UnknownHostException.class, e.getCause());
      assertTrue(String.valueOf(e.getMessage()).contains("api.dev-au-03.nnnco.io"));
    }
  }

  @Test
  void environment_plainHttpElsewhere_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> NHubEnvironment.at(URI.create("http://api.example.com/"), "localhost", 8883));
  }
}
