package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** Lists whose every page links to another one: they end, by pages, entries, bytes or time. */
final class EndlessListTest extends ManagementFixture {
  private final AtomicInteger pages = new AtomicInteger();

  private void everyPageHas(String results, Duration waitBefore) {
    api.server.setDispatcher(
        new Dispatcher() {
          private boolean asked;

          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked = !asked;
            if (asked && !waitBefore.isZero()) {
              return MockApi.answer(429, "{}")
                  .setHeader("Retry-After", Long.toString(waitBefore.toSeconds()))
                  .build();
            }
            int next = pages.incrementAndGet() + 1;
            String body = "{\"next\": \"?page=" + next + "\", \"results\": [" + results + "]}";
            return MockApi.answer(200, body).build();
          }
        });
  }

  private <E extends ManagementException> void endsWith(
      Class<E> error, ErrorCode code, int afterPages) {
    Coded.assertThrows(error, code, () -> management.certificates().find("not there"));
    assertEquals(afterPages, pages.get());
  }

  @Test
  void list_uniquePagesWithoutEnd_endsAfter1000() {
    everyPageHas("", Duration.ZERO);

    endsWith(ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, 1_000);
  }

  @Test
  void list_entriesWithoutEnd_endsAfter50000() {
    everyPageHas("{\"id\": 1},".repeat(9_999) + "{\"id\": 1}", Duration.ZERO);

    endsWith(ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, 5);
  }

  @Test
  void list_bytesWithoutEnd_endsAfter32MiB() {
    everyPageHas("{\"id\": 1, \"x\": \"" + "x".repeat(4 << 20) + "\"}", Duration.ZERO);

    endsWith(ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, 8);
  }

  @Test
  void list_slowPagesWithoutEnd_endsAfterTenCallTimeouts() {
    everyPageHas("{\"id\": 1}", Duration.ofSeconds(50));

    endsWith(ApiConnectionException.class, CoreErrorCode.API_TIMEOUT, 12);
  }
}
