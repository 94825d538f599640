package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.management.internal.MonotonicTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repeated, after which waits, and what never is. Time is virtual. */
final class RetryTest extends ManagementFixture {
  private static final Duration HALF_SECOND = Duration.ofMillis(500);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private void get() {
    management.certificates().listPage(1);
  }

  private ApiKey post() {
    return management.apiKeys().create("svc");
  }

  private void answerKey() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\"}");
  }

  private static MockResponse.Builder cutConnection() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void get_passingFailure_isRepeatedAfterGrowingWaits(int status) {
    api.json(status, "{}").json(status, "{}").json(status, "{}").json(200, "[]");

    get();

    assertEquals(List.of(HALF_SECOND, SECOND, TWO_SECONDS), api.time.pauses());
    assertEquals(4, api.server.getRequestCount());
  }

  @Test
  void get_brokenConnection_isRepeated() {
    use(api.builder());
    api.enqueue(
            new MockResponse.Builder()
                .code(200)
                .body("[1, 2, 3")
                .setHeader("Content-Length", 99)
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE))
        .json(200, "[]");

    get();

    assertEquals(List.of(HALF_SECOND), api.time.pauses());
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 500, 501})
  void get_lastingFailure_isNotRepeated(int status) {
    api.json(status, "{}");

    assertThrows(ManagementException.class, this::get);

    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void get_failsToTheEnd_givesTheLastErrorAfterTheLastAttempt() {
    use(api.builder().retryPolicy(RetryPolicy.ofDefaults().withMaxAttempts(3)));
    api.json(502, "{}").json(503, "{}").json(504, "{}");

    ManagementException e =
        Coded.assertThrows(ManagementException.class, CoreErrorCode.API_SERVER_ERROR, this::get);

    assertEquals(504, e.status().orElseThrow());
    assertEquals(3, api.server.getRequestCount());
  }

  @Test
  void get_jitter_isAnythingFromZeroToTheLimit() {
    use(api.builder().timing(api.time, () -> 0.25));
    api.json(502, "{}").json(502, "{}").json(200, "[]");

    get();

    assertEquals(List.of(Duration.ofMillis(125), Duration.ofMillis(250)), api.time.pauses());
  }

  @Test
  void get_manyAttempts_waitsNoLongerThanMaxDelay() {
    use(api.builder().retryPolicy(new RetryPolicy(5, SECOND, TWO_SECONDS)));
    api.json(502, "{}").json(502, "{}").json(502, "{}").json(502, "{}").json(200, "[]");

    get();

    assertEquals(List.of(SECOND, TWO_SECONDS, TWO_SECONDS, TWO_SECONDS), api.time.pauses());
  }

  @ParameterizedTest
  @CsvSource({
    "'7',                             7",
    "' 7 ',                           7",
    "'Mon, 23 Nov 2026 00:00:09 GMT', 9",
    "'Monday, 23-Nov-26 00:00:09 GMT', 9",
  })
  void get_retryAfter_isWaitedForExactly(String header, int seconds) {
    api.enqueue(MockApi.answer(429, "{}").setHeader("Retry-After", header)).json(200, "[]");

    get();

    assertEquals(List.of(Duration.ofSeconds(seconds)), api.time.pauses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "", "0", "Sun, 22 Nov 2026 00:00:00 GMT"})
  void get_retryAfterWithoutMeaning_isBackedOffInstead(String header) {
    api.enqueue(MockApi.answer(429, "{}").setHeader("Retry-After", header)).json(200, "[]");

    get();

    assertEquals(List.of(HALF_SECOND), api.time.pauses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "99999999999999999999999", "Mon, 23 Nov 2026 00:01:01 GMT"})
  void get_retryAfterBeyondTheDeadline_failsAtOnceAndCarriesIt(String header) {
    api.enqueue(MockApi.answer(429, "{}").setHeader("Retry-After", header));

    RateLimitedException e = assertThrows(RateLimitedException.class, this::get);

    assertTrue(e.retryAfter().orElseThrow().toSeconds() >= 61);
    assertEquals(List.of(), api.time.pauses());
  }

  @Test
  void get_deadline_endsTheAttempts() {
    use(api.builder().callTimeout(Duration.ofMillis(2_500)));
    api.json(502, "{}").json(502, "{}").json(502, "{}").json(200, "[]");

    Coded.assertThrows(ManagementException.class, CoreErrorCode.API_SERVER_ERROR, this::get);

    assertEquals(List.of(HALF_SECOND, SECOND), api.time.pauses());
  }

  @Test
  void get_interruptedWait_endsTheCallAndLeavesTheFlag() {
    use(api.builder().timing(new InterruptedTime(), () -> 1.0));
    api.json(502, "{}");

    ManagementException e =
        Coded.assertThrows(ManagementException.class, CoreErrorCode.API_CANCELLED, this::get);

    assertTrue(Thread.interrupted());
    assertFalse(e.outcomeUnknown());
    Coded.assertInstanceOf(
        ManagementException.class, CoreErrorCode.API_SERVER_ERROR, e.getSuppressed()[0]);
  }

  private static final class InterruptedTime implements MonotonicTime {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      throw new InterruptedException();
    }
  }

  @Test
  void post_rateLimited_isRepeated() {
    api.json(429, "{}");
    answerKey();

    assertEquals("7d0a", post().id());

    assertEquals(List.of(HALF_SECOND), api.time.pauses());
  }

  @Test
  void post_unavailableWithRetryAfter_isRepeated() {
    api.enqueue(MockApi.answer(503, "{}").setHeader("Retry-After", "3"));
    answerKey();

    assertEquals("7d0a", post().id());

    assertEquals(List.of(Duration.ofSeconds(3)), api.time.pauses());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void post_failureThatMayHaveHadItsEffect_isNotRepeated(int status) {
    api.json(status, "{}");
    answerKey();

    ManagementException e =
        Coded.assertThrows(ManagementException.class, CoreErrorCode.API_SERVER_ERROR, this::post);

    assertTrue(e.outcomeUnknown());
    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void post_connectionLostAfterSending_isNotRepeated() {
    api.enqueue(cutConnection());
    answerKey();

    ApiConnectionException e = assertThrows(ApiConnectionException.class, this::post);

    assertEquals(CallPhase.EXCHANGE, e.phase());
    assertTrue(e.outcomeUnknown());
    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void post_pooledConnectionLostAfterSending_isNotRepeatedByOkHttpEither() {
    answerKey();
    post();
    api.enqueue(cutConnection());
    answerKey();

    assertThrows(ApiConnectionException.class, this::post);

    assertEquals(2, api.server.getRequestCount());
  }

  @ParameterizedTest
  @CsvSource({"408, 1", "503, 0", "421, 0"})
  void post_statusThatOkHttpRepeatsByItself_isSentOnce(int status, String retryAfter) {
    use(api.builder().retryPolicy(RetryPolicy.none()));
    api.enqueue(MockApi.answer(status, "{}").setHeader("Retry-After", retryAfter));
    answerKey();

    assertThrows(ManagementException.class, this::post);

    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void post_connectionRefused_isRepeatedSinceNothingWasSent() throws IOException {
    try (Socket closed = new Socket()) { // bound only: it listens not, and nobody is given its port
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String base = "http://127.0.0.1:" + closed.getLocalPort() + "/api/v4/manage/";
      NHubEnvironment nowhere = NHubEnvironment.at(URI.create(base), "localhost", 8883);
      use(Management.builder(nowhere).token(MockApi.TOKEN).timing(api.time, () -> 1.0));

      ApiConnectionException e = assertThrows(ApiConnectionException.class, this::post);

      assertEquals(CallPhase.TCP, e.phase());
      assertFalse(e.outcomeUnknown());
      assertEquals(List.of(HALF_SECOND, SECOND, TWO_SECONDS), api.time.pauses());
    }
  }

  @Test
  void policy_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, SECOND, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(1, Duration.ZERO, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(1, TWO_SECONDS, SECOND));
    assertThrows(
        IllegalArgumentException.class, () -> new RetryPolicy(1, SECOND, Duration.ofDays(2)));
  }
}
