package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.Curl.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fault of the REST side, as a client meets it. */
final class ApiFaultTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeNHub fake = FakeNHub.start();
  private final Curl curl = Curl.as(fake, fake.adminToken());

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void respond_once_isSentInsteadAndNothingIsExecuted() throws IOException {
    fake.inject(new ApiFault.Respond(503));

    Response response = curl.post("users/", "{\"username\": \"svc\"}");

    assertEquals(503, response.status());
    assertEquals(201, curl.post("users/", "{\"username\": \"svc\"}").status());
  }

  @Test
  @Tag("R10")
  void rateLimited_saysWhenToComeAgain() throws IOException {
    fake.inject(ApiFault.Respond.rateLimited(Duration.ofSeconds(7)));
    fake.inject(ApiFault.Respond.rateLimited("Wed, 21 Oct 2026 07:28:00 GMT"));

    Response seconds = curl.get("mqtt-certificates/");
    Response date = curl.get("mqtt-certificates/");

    assertEquals(429, seconds.status());
    assertEquals("7", seconds.http().headers().firstValue("Retry-After").get());
    assertEquals(
        "Wed, 21 Oct 2026 07:28:00 GMT", date.http().headers().firstValue("Retry-After").get());
  }

  @Test
  @Tag("R2")
  void htmlPage_isAProxysResponse() throws IOException {
    fake.inject(ApiFault.Respond.htmlPage(502));

    Response response = curl.get("mqtt-certificates/");

    assertEquals("text/html", response.http().headers().firstValue("Content-Type").get());
    assertTrue(response.http().body().startsWith("<html>"));
  }

  @Test
  void delay_executesAtOnceAndRespondsLater() throws IOException {
    fake.inject(new ApiFault.Delay(Duration.ofHours(1)));

    Future<Response> delayed = curl.postAsync("users/", "{\"username\": \"svc\"}");

    assertEquals(201, fake.requests().take(SOON).status());
    assertEquals(400, curl.post("users/", "{\"username\": \"svc\"}").status());
    assertFalse(delayed.isDone());
  }

  @Test
  void delay_ofMoreNanosecondsThanALongHas_isForEver() throws IOException {
    fake.inject(new ApiFault.Delay(ChronoUnit.FOREVER.getDuration()));

    Future<Response> delayed = curl.postAsync("users/", "{\"username\": \"svc\"}");

    assertEquals(201, fake.requests().take(SOON).status());
    assertEquals(400, curl.post("users/", "{\"username\": \"svc\"}").status());
    assertFalse(delayed.isDone());
  }

  @Test
  void delay_thatIsOver_respondsAsUsual() throws IOException {
    Duration delay = Duration.ofMillis(300);
    fake.inject(new ApiFault.Delay(delay));
    long start = System.nanoTime();

    assertEquals(201, curl.post("users/", "{\"username\": \"svc\"}").status());

    assertTrue(System.nanoTime() - start >= delay.toNanos());
  }

  @Test
  void reset_breaksBeforeAnythingIsDone() throws IOException {
    fake.inject(new ApiFault.Reset().on("POST", "users/"));

    assertThrows(IOException.class, () -> curl.post("users/", "{\"username\": \"svc\"}"));
    assertEquals(201, curl.post("users/", "{\"username\": \"svc\"}").status());
    assertEquals(0, fake.requests().all().get(0).status());
  }

  @Test
  void loseResponse_breaksAfterItIsDone() throws IOException {
    String key = curl.createKey("svc");
    fake.inject(new ApiFault.LoseResponse().on("POST", "mqtt-certificates/"));

    assertThrows(IOException.class, () -> curl.issue(key));
    assertEquals(1, curl.get("mqtt-certificates/").json().get("count").asInt());
  }

  @Test
  void truncate_breaksWithinTheBody() {
    fake.inject(new ApiFault.Truncate(10));

    assertThrows(IOException.class, () -> curl.get("mqtt-certificates/"));
  }

  @Test
  void garbage_isNoJson() throws IOException {
    fake.inject(new ApiFault.Garbage());

    Response response = curl.get("mqtt-certificates/");

    assertEquals(200, response.status());
    assertThrows(AssertionError.class, response::json);
  }

  @Test
  void halfOpen_neverRespondsAndNothingIsExecuted() throws IOException {
    fake.inject(new ApiFault.HalfOpen());

    Future<Response> pending = curl.postAsync("users/", "{\"username\": \"svc\"}");

    assertEquals(0, fake.requests().take(SOON).status());
    assertEquals(201, curl.post("users/", "{\"username\": \"svc\"}").status());
    assertFalse(pending.isDone());
  }

  @Test
  void on_countsOnlyTheRequestsThatMatch() throws IOException {
    fake.inject(new ApiFault.Respond(500).on("POST", "/revoke/"), Occurrence.always());

    assertEquals(200, curl.get("mqtt-certificates/").status());
    assertEquals(500, curl.post("mqtt-certificates/x/revoke/", "").status());
    assertEquals(500, curl.post("mqtt-certificates/x/revoke/", "").status());
    fake.clearFaults();
    assertEquals(404, curl.post("mqtt-certificates/x/revoke/", "").status());
  }

  @Test
  void inject_severalFaults_happenOneAfterTheOtherAndEachCountsAllRequests() throws IOException {
    fake.inject(new ApiFault.Respond(500), Occurrence.times(2));
    fake.inject(new ApiFault.Respond(503), Occurrence.once().after(3));

    assertEquals(List.of(500, 500, 200, 503, 200), statuses(5));
  }

  @Test
  void inject_sometimesAndSoManyTimes_happensThatOften() throws IOException {
    fake.inject(new ApiFault.Respond(500), new Occurrence(0, 3, 0.5, 42, null));

    assertEquals(3, statuses(40).stream().filter(status -> status == 500).count());
  }

  @Test
  void inject_randomly_isTheSameForASeed() throws IOException {
    fake.inject(new ApiFault.Respond(500), Occurrence.randomly(0.5, 42));
    List<Integer> first = statuses(20);
    fake.clearFaults();
    fake.inject(new ApiFault.Respond(500), Occurrence.randomly(0.5, 42));

    assertEquals(first, statuses(20));
    assertTrue(first.contains(200) && first.contains(500));
  }

  private List<Integer> statuses(int requests) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(curl.get("mqtt-certificates/").status());
    }
    return statuses;
  }
}
