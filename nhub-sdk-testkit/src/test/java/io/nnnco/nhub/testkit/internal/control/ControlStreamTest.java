package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.ControlCaller.json;
import static io.nnnco.nhub.testkit.internal.control.ControlCaller.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers of journals, quick, slow and gone. */
@Timeout(120)
final class ControlStreamTest {
  private static final Pattern DROPPED = Pattern.compile("data: \\{\"messages\": (\\d+)}");

  private final FakeNHub fake = FakeNHub.builder().leakCheck(false).control().start();
  private final ControlCaller caller = new ControlCaller(fake);

  @AfterEach
  void stop() {
    fake.close();
  }

  private void publish(int count, String payload) {
    for (int i = 1; i < count; i++) {
      fake.publish("a", payload);
    }
    fake.publish("a", payload).deliveries();
  }

  /** How many messages a stream had. */
  private record Seen(int sent, int dropped) {}

  /** Reads a stream until so many messages were sent or dropped. */
  private static Seen read(BufferedReader lines, int messages) throws IOException {
    Seen seen = new Seen(0, 0);
    while (seen.sent() + seen.dropped() < messages) {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("The stream has ended after " + seen);
      }
      Matcher dropped = DROPPED.matcher(line);
      if (line.equals("event: messages")) {
        seen = new Seen(seen.sent() + 1, seen.dropped());
      } else if (dropped.matches()) {
        seen = new Seen(seen.sent(), seen.dropped() + Integer.parseInt(dropped.group(1)));
      }
    }
    return seen;
  }

  private BufferedReader stream(String query) throws IOException {
    HttpResponse<java.io.InputStream> response = caller.open("/events?" + query);
    assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    lines.readLine();
    return lines;
  }

  @Test
  void stream_ofMoreThanItsRate_samplesAndCountsTheRest() throws IOException {
    try (BufferedReader lines = stream("journals=messages&rate=20")) {
      publish(20_000, "x");

      Seen seen = read(lines, 20_000);

      assertEquals(20_000, seen.sent() + seen.dropped());
      assertTrue(seen.dropped() > 0, seen::toString);
    }
  }

  @Test
  void stream_afterAReset_saysSo() throws IOException {
    try (BufferedReader lines = stream("after=0")) {
      publish(1, "x");
      fake.reset();

      String event = lines.lines().filter(line -> line.equals("event: resets")).findFirst().get();
      String data = lines.readLine();

      assertEquals("event: resets", event);
      assertTrue(data.startsWith("data: {\"number\": "), data);
      assertEquals(0, ControlCaller.json(caller.get("/journals/messages")).path("entries").size());
    }
  }

  @Test
  void stream_whoseReaderDoesNotRead_hindersNobodyAndThenSaysWhatItMissed() throws IOException {
    try (BufferedReader lines = stream("journals=messages&rate=10000")) {
      for (int i = 0; i < 20; i++) {
        publish(1_000, "x".repeat(10_000));
        assertEquals(200, caller.get("/clock").statusCode());
      }

      Seen seen = read(lines, 20_000);

      assertEquals(20_000, seen.sent() + seen.dropped());
      assertTrue(seen.dropped() > 0, seen::toString);
    }
  }

  private int port() {
    return fake.control().address().getPort();
  }

  private byte[] get(String path) {
    return ("GET /control/v1"
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port()
            + "\r\nAuthorization: Bearer "
            + fake.control().token().reveal()
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void stream_resumedByItsLastId_continuesThere() throws IOException {
    publish(3, "x");
    HttpResponse<String> page = caller.get("/journals/messages?limit=2");
    long last = json(page).path("last").asLong();

    try (BufferedReader lines = stream("journals=messages&after=" + (last - 1))) {
      assertEquals("", lines.readLine());
      assertEquals("id: " + last, lines.readLine());
    }
  }

  @Test
  void streams_tooMany_areRefusedAndThoseOfReadersWhoLeftAreNot() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Socket socket = new Socket(fake.control().address().getHost(), port());
      socket.getOutputStream().write(get("/events"));
      assertEquals('H', socket.getInputStream().read());
      open.add(socket);
    }
    assertTrue(problem(503, caller.get("/events")).contains("24 streams"));

    for (Socket socket : open) {
      socket.close();
    }
    int status = 503;
    while (status == 503) {
      fake.publish("a", "notices that they have left");
      try (java.io.InputStream body = openEvents()) {
        status = body == null ? 503 : 200;
      }
    }
    assertEquals(200, status);
  }

  private java.io.@org.jspecify.annotations.Nullable InputStream openEvents() throws IOException {
    HttpResponse<java.io.InputStream> response = caller.open("/events");
    if (response.statusCode() == 200) {
      return response.body();
    }
    response.body().close();
    return null;
  }

  @Test
  void longPoll_thatWaits_endsWithTheEntryAndWithTheFake() {
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> caller.get("/journals/messages?wait=PT60S"));
    fake.publish("a", "x");

    JsonNode entry = json(waiting.join()).path("entries").path(0);

    assertEquals("a", entry.path("topic").asText());
    assertEquals("x", entry.path("payload").asText());
  }

  @Test
  void journalOfRequests_doesNotShowTheToken() {
    new ControlCaller(fake)
        .send(
            java.net.http.HttpRequest.newBuilder(fake.environment().api().resolve("users/"))
                .header("Authorization", "Bearer " + fake.adminToken().reveal())
                .POST(BodyPublishers.ofString("{}")));

    String journal = caller.get("/journals/requests").body();

    assertTrue(journal.contains("/users/"), journal);
    assertFalse(journal.contains(fake.adminToken().reveal()), journal);
  }

  @Test
  void journal_ofWhatWasBefore_isEmptyAfterAResetAndItsNumbersGoOn() {
    fake.publish(FakeMessage.uplink("A")).deliveries();
    long last = json(caller.get("/journals/messages")).path("last").asLong();

    fake.reset();
    fake.publish(FakeMessage.uplink("A")).deliveries();

    JsonNode entries = json(caller.get("/journals/messages")).path("entries");
    assertEquals(1, entries.size());
    assertTrue(entries.path(0).path("number").asLong() > last, entries::toString);
  }
}
