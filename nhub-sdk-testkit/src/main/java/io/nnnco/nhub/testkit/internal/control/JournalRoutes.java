package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.json.RecordSchema.ordered;

import io.nnnco.nhub.testkit.internal.control.http.Parameter;
import io.nnnco.nhub.testkit.internal.control.http.Problem;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.RecordSchema;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The journals: page by page with a long poll, or all together as server-sent events. */
final class JournalRoutes {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int LARGEST_PAGE = 1_000;
  private static final int WAITING_READERS = 24;
  private static final int STREAMS = 24;

  private static final Parameter AFTER =
      new Parameter(
          "after",
          ordered("type", "integer", "minimum", 0),
          "Only entries with a greater number than this.");

  private final EventLog log;
  private final Semaphore waiting = new Semaphore(WAITING_READERS);
  private final Semaphore streams = new Semaphore(STREAMS);

  JournalRoutes(EventLog log) {
    this.log = log;
  }

  /** A journal, and how many entries it has had. */
  record JournalSummary(String name, String description, long count) {}

  /** A part of a journal. */
  record JournalPage(List<Map<String, Object>> entries, long last, boolean gap, boolean more) {}

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/journals", "listJournals", "Lists the journals.", request -> list())
            .gives(200, Schemas.list(JournalSummary.class)),
        Route.of(
                "GET",
                "/journals/{journal}",
                "readJournal",
                "Reads entries of a journal, oldest first; waits for one if there is none.",
                this::read)
            .asks(AFTER, longPoll(), limit())
            .gives(200, pageSchema()),
        Route.of(
                "GET",
                "/events",
                "followEvents",
                "Sends the entries of journals as they come, as server-sent events: the number is"
                    + " the id, the journal's name the event, the entry the data. If there are more"
                    + " than the rate, or than the client reads, it sends samples, and then an"
                    + " event named dropped with how many of each journal it has left out.",
                this::follow)
            .asks(AFTER, journals(), rate())
            .gives("text/event-stream"));
  }

  private static Parameter longPoll() {
    return new Parameter(
        "wait",
        ordered("type", "string", "format", "duration"),
        "How long to wait for an entry, at most " + LONGEST_WAIT + "; not at all by default.");
  }

  private static Parameter limit() {
    return new Parameter(
        "limit",
        ordered("type", "integer", "minimum", 0, "maximum", LARGEST_PAGE),
        "How many entries at most; 100 by default.");
  }

  private static Parameter journals() {
    return new Parameter(
        "journals", ordered("type", "string"), "Names with commas between; all by default.");
  }

  private static Parameter rate() {
    return new Parameter(
        "rate",
        ordered(
            "type",
            "integer",
            "minimum",
            EventStream.LOWEST_RATE,
            "maximum",
            EventStream.HIGHEST_RATE),
        "How many events a second at most; 1,000 by default.");
  }

  private static Map<String, Object> pageSchema() {
    List<Object> entries =
        Arrays.stream(JournalName.values()).<Object>map(name -> Schemas.ref(name.type())).toList();
    return RecordSchema.with(
        RecordSchema.of(JournalPage.class),
        "entries",
        ordered("type", "array", "items", ordered("anyOf", entries)));
  }

  private Reply list() {
    return Reply.ok(
        Arrays.stream(JournalName.values())
            .map(name -> new JournalSummary(name.label(), name.description(), log.count(name)))
            .toList());
  }

  private Reply read(Request request) {
    Set<JournalName> journal = Set.of(JournalName.of(request.variable()));
    long after = request.number("after", 0, 0, Long.MAX_VALUE);
    int limit = (int) request.number("limit", 100, 0, LARGEST_PAGE);
    Duration wait = request.duration("wait", Duration.ZERO, LONGEST_WAIT);
    if (!wait.isZero()) {
      await(after, journal, wait);
    }
    EventLog.Page page = log.after(after, journal, limit);
    List<EventLog.Event> events = page.events();
    long last = events.isEmpty() ? after : events.get(events.size() - 1).number();
    return Reply.ok(
        ordered(
            "entries",
            events.stream().map(Entries::fields).toList(),
            "last",
            last,
            "gap",
            page.gap(),
            "more",
            page.more()));
  }

  private void await(long after, Set<JournalName> journal, Duration wait) {
    if (!waiting.tryAcquire()) {
      throw Problem.of(503, WAITING_READERS + " requests wait already. Retry with a shorter wait.");
    }
    try {
      log.await(after, journal, wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
  }

  private Reply follow(Request request) {
    Set<JournalName> journals = JournalName.listed(request.text("journals", ""));
    int rate =
        (int)
            request.number(
                "rate", EventStream.RATE, EventStream.LOWEST_RATE, EventStream.HIGHEST_RATE);
    long after = request.number("after", log.last(), 0, Long.MAX_VALUE);
    String lastEventId = request.lastEventId();
    long start =
        lastEventId == null || !lastEventId.matches("\\d{1,18}")
            ? after
            : Long.parseLong(lastEventId);
    if (!streams.tryAcquire()) {
      throw Problem.of(503, STREAMS + " streams of events are open already. Close one.");
    }
    return Reply.events(new EventStream(log, journals, start, rate, streams::release));
  }
}
