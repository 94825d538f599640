package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R2: how the token is sent, renewed, and kept at its origin. */
final class TokenTest {
  private final MockApi api = new MockApi();

  @AfterEach
  void close() {
    api.close();
  }

  private String sent() {
    return String.valueOf(api.taken().getHeaders().get("Authorization"));
  }

  /** Gives token-1, token-2, …, and remembers what was rejected. */
  private static final class Counting implements TokenProvider {
    final List<Secret> rejections = new ArrayList<>();
    int asked;

    @Override
    public Secret token() {
      asked++;
      return Secret.of("token-" + asked);
    }

    @Override
    public Secret tokenAfterRejection(Secret rejected) {
      rejections.add(rejected);
      return Secret.of("renewed");
    }
  }

  @Test
  void call_tokenScheme_isSentAsAsked() {
    api.json(200, "[]");

    MockApi.list(api.builder().tokenScheme(TokenScheme.TOKEN));

    assertEquals("Token canned-token-0123456789", sent());
  }

  @Test
  void call_provider_isAskedBeforeEachRequest() {
    api.json(502, "{}").json(200, "[]");

    MockApi.list(api.builder().tokenProvider(new Counting()));

    assertEquals("Bearer token-1", sent());
    assertEquals("Bearer token-2", sent());
  }

  @Test
  void call_401_asksTheProviderOnceMoreAndRepeats() {
    Counting provider = new Counting();
    api.json(401, "{}").json(201, "{\"id\": \"7d0a\"}");

    try (Management management = api.builder().tokenProvider(provider).build()) {
      management.apiKeys().create("svc");
    }

    assertEquals("Bearer token-1", sent());
    assertEquals("Bearer renewed", sent());
    assertEquals(List.of(Secret.of("token-1")), provider.rejections);
    assertEquals(List.of(), api.time.pauses());
  }

  @Test
  void call_401Again_fails() {
    Counting provider = new Counting();
    api.json(401, "{}").json(401, "{}");

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_AUTHENTICATION_FAILED,
        () -> MockApi.list(api.builder().tokenProvider(provider)));

    assertEquals(1, provider.rejections.size());
  }

  @Test
  void call_401WithFixedToken_isNotRepeated() {
    api.json(401, "{}");

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_AUTHENTICATION_FAILED,
        () -> MockApi.list(api.builder()));

    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void call_providerThrows_reachesTheCallerAsItIs() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                MockApi.list(
                    api.builder()
                        .tokenProvider(
                            () -> {
                              throw new IllegalStateException("vault is sealed");
                            })));

    assertEquals("vault is sealed", thrown.getMessage());
    assertEquals(0, api.server.getRequestCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret value", "geheim-tür", "tab\tbed"})
  void call_tokenThatNoHeaderCarries_isRefusedWithoutShowingIt(String token) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> MockApi.list(api.builder().token(Secret.of(token))));

    assertFalse(String.valueOf(e.getMessage()).contains(token));
  }

  @Test
  void build_withoutToken_isRefused() {
    assertThrows(IllegalStateException.class, () -> Management.builder(api.environment()).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void call_redirectToAnotherHost_isNotFollowed(int status) throws Exception {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      api.enqueue(MockApi.answer(status, "").setHeader("Location", elsewhere.url("/steal")));

      Coded.assertThrows(
          ManagementException.class,
          CoreErrorCode.API_UNEXPECTED_STATUS,
          () -> MockApi.list(api.builder()));

      assertEquals(0, elsewhere.getRequestCount());
    }
  }

  @Test
  void call_redirectOnItsOwnHost_isNotFollowedEither() {
    api.enqueue(MockApi.answer(302, "").setHeader("Location", "/other/"));

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_UNEXPECTED_STATUS,
        () -> MockApi.list(api.builder()));

    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void call_challengeForBasic_isNotAnswered() {
    api.enqueue(MockApi.answer(401, "{}").setHeader("WWW-Authenticate", "Basic realm=\"x\""));

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_AUTHENTICATION_FAILED,
            () -> MockApi.list(api.builder()));

    assertNull(e.getCause());
  }
}
