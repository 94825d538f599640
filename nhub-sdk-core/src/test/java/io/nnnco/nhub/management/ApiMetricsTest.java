package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.internal.MonotonicTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

/** What metrics are told of each request. */
final class ApiMetricsTest extends ManagementFixture {
  private final List<ApiAttempt> told = new CopyOnWriteArrayList<>();

  private ApiAttempt only() {
    assertEquals(1, told.size(), told::toString);
    return told.get(0);
  }

  private void list() {
    management.certificates().listPage(1);
  }

  private static MockResponse.Builder cutConnection() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE);
  }

  @Test
  void measure_success_tellsMethodEndpointAndStatus() {
    management.measure(told::add);
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\"}");

    management.apiKeys().create("svc");

    assertEquals(new ApiAttempt("POST", "/users", 201, null, 1, 0), only());
  }

  @Test
  void measure_idInThePath_isNotTold() {
    management.measure(told::add);
    api.json(200, "{}");

    management.certificates().revoke("4711");

    assertEquals("/api/v4/manage/mqtt-certificates/4711/revoke/", api.taken().getTarget());
    assertEquals("/mqtt-certificates/{id}/revoke", only().endpoint());
  }

  @Test
  void measure_idThatIsThePlaceholder_isSentAsIs() {
    api.json(200, "{}");

    management.certificates().revoke("{id}");

    assertEquals("/api/v4/manage/mqtt-certificates/%7Bid%7D/revoke/", api.taken().getTarget());
  }

  @Test
  void measure_queryOfALink_isNotTold() {
    management.measure(told::add);
    api.json(200, "{\"results\": [], \"next\": \"?page=2&cursor=secret\"}").json(200, "[]");

    assertEquals(0, management.certificates().list().count());

    assertEquals(
        List.of(
            new ApiAttempt("GET", "/mqtt-certificates", 200, null, 1, 0),
            new ApiAttempt("GET", "/mqtt-certificates", 200, null, 1, 0)),
        told);
  }

  @Test
  void measure_retriedCall_tellsEachAttemptWithItsNumber() {
    management.measure(told::add);
    api.json(503, "{}").json(429, "{}").json(200, "[]");

    list();

    assertEquals(
        List.of(
            new ApiAttempt("GET", "/mqtt-certificates", 503, CoreErrorCode.API_SERVER_ERROR, 1, 0),
            new ApiAttempt("GET", "/mqtt-certificates", 429, CoreErrorCode.API_RATE_LIMITED, 2, 0),
            new ApiAttempt("GET", "/mqtt-certificates", 200, null, 3, 0)),
        told);
  }

  @Test
  void measure_noResponse_tellsTheErrorWithoutAStatus() {
    use(api.builder().retryPolicy(RetryPolicy.ofDefaults().withMaxAttempts(1)));
    management.measure(told::add);
    api.enqueue(cutConnection());

    assertThrows(ApiConnectionException.class, this::list);

    assertNull(only().status());
    assertEquals(CoreErrorCode.API_CONNECTION_FAILED, only().error());
  }

  @Test
  void measure_interruptedCall_isTold() {
    management.measure(told::add);
    Thread.currentThread().interrupt();

    assertThrows(ManagementException.class, this::list);

    assertEquals(true, Thread.interrupted());
    assertNull(only().status());
    assertEquals(CoreErrorCode.API_CANCELLED, only().error());
  }

  @Test
  void measure_nothingSent_tellsNothing() {
    use(api.builder().token(Secret.of("not a header")));
    management.measure(told::add);

    assertThrows(IllegalArgumentException.class, this::list);

    assertEquals(List.of(), told);
  }

  @Test
  void measure_time_isFromTheRequestToTheEndOfItsResponse() {
    AtomicLong looks = new AtomicLong();
    MonotonicTime aSecondPerLook =
        new MonotonicTime() {
          @Override
          public long nanos() {
            return looks.incrementAndGet() * 1_000_000_000;
          }

          @Override
          public void pause(Duration length) {
            throw new AssertionError("Nothing is to be retried.");
          }
        };
    use(api.builder().timing(aSecondPerLook, () -> 1.0));
    management.measure(told::add);
    api.json(200, "[]");

    list();

    assertEquals(1_000_000_000, only().took());
  }

  @Test
  void measure_asyncCall_isTold() {
    management.measure(told::add);
    api.json(200, "{}");

    management.async().certificates().revoke("4711").join();

    assertEquals(200, only().status());
  }

  @Test
  void close_ofABinding_endsThatOneOnly() {
    MetricsBinding first = management.measure(told::add);
    management.measure(told::add);
    api.json(200, "[]").json(200, "[]");
    list();
    assertEquals(2, told.size());

    first.close();
    first.close();
    list();

    assertEquals(3, told.size());
  }

  @Test
  void attempted_throws_neitherFailsTheCallNorKeepsOthersFromBeingTold() {
    AtomicInteger failures = new AtomicInteger();
    management.measure(
        attempt -> {
          failures.incrementAndGet();
          throw new AssertionError("metrics");
        });
    management.measure(told::add);
    api.json(200, "[]").json(200, "[]");

    list();
    list();

    assertEquals(2, failures.get());
    assertEquals(2, told.size());
  }
}
