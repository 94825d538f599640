package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The management API behind the front door. */
class ClientManagementTest {
  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void stop() {
    fake.close();
  }

  private NHubClientBuilder client() {
    return NHubClient.builder(fake.environment());
  }

  @Test
  void management_withAToken_hasTheAsynchronousCallsToo() {
    try (NHubClient nhub = client().managementToken(fake.adminToken()).build()) {
      Management management = nhub.management();

      assertSame(management, nhub.management());
      assertEquals("svc-a", management.apiKeys().create("svc-a").username());
      assertEquals("svc-b", management.async().apiKeys().create("svc-b").join().username());
    }
  }

  @Test
  void management_setUp_asksTheTokenProviderAndUsesTheHttpClient() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  sent.incrementAndGet();
                  return chain.proceed(chain.request());
                })
            .build();
    try (NHubClient nhub =
        client()
            .management(
                api ->
                    api.tokenProvider(
                            () -> {
                              asked.incrementAndGet();
                              return fake.adminToken();
                            })
                        .httpClient(http))
            .build()) {
      nhub.management().apiKeys().create("svc-a");
    }
    assertEquals(1, asked.get());
    assertEquals(1, sent.get());
  }

  @Test
  void management_setUpTwice_addsUpAndTheLastTokenCounts() {
    OkHttpClient http = new OkHttpClient();
    try (NHubClient nhub =
        client()
            .managementToken(fake.adminToken())
            .management(api -> api.httpClient(http))
            .managementToken(Secret.of("unknown"))
            .build()) {
      Coded.assertThrows(
          ManagementException.class,
          CoreErrorCode.API_AUTHENTICATION_FAILED,
          () -> nhub.management().apiKeys().create("svc-a"));
    }
    assertEquals(1, http.connectionPool().connectionCount(), "the call went through it");
  }

  @Test
  void management_notSetUp_saysHow() {
    try (NHubClient nhub = client().build()) {
      IllegalStateException e = assertThrows(IllegalStateException.class, nhub::management);

      assertTrue(String.valueOf(e.getMessage()).contains("managementToken"), e::getMessage);
    }
  }

  @Test
  void build_managementWithoutAToken_isRefused() {
    NHubClientBuilder builder = client().management(api -> {});

    assertThrows(IllegalStateException.class, builder::build);
  }

  @Test
  void close_endsTheManagementApiToo() {
    NHubClient nhub = client().managementToken(fake.adminToken()).build();
    Management management = nhub.management();

    nhub.close();

    assertThrows(IllegalStateException.class, () -> management.apiKeys().create("svc-a"));
  }
}
