package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.json.RecordWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Server-sent events for one reader. It writes at most so many a second, evenly over what has come,
 * and then how many it has left out: of those, and of those that were gone when the reader was
 * ready.
 */
final class EventStream implements Reply.Stream {
  static final int RATE = 1_000;
  static final int LOWEST_RATE = 20;
  static final int HIGHEST_RATE = 10_000;

  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final EventLog log;
  private final Set<JournalName> journals;
  private final int perTurn;
  private final Map<JournalName, Long> positions = new EnumMap<>(JournalName.class);
  private final Runnable onEnd;
  private long number;

  EventStream(EventLog log, Set<JournalName> journals, long after, int rate, Runnable onEnd) {
    this.onEnd = onEnd;
    this.log = log;
    this.journals = journals;
    this.number = after;
    this.perTurn = Math.max(1, (int) (rate * TURN.toMillis() / 1_000));
    journals.forEach(journal -> positions.put(journal, log.position(journal, after)));
  }

  /** Writes until the fake ends; an error says that the reader has left. */
  @Override
  public void writeTo(OutputStream out) throws IOException, InterruptedException {
    boolean gap = log.after(number, journals, 0).gap();
    write(out, gap ? "event: gap\ndata: {}\n\n" : ": the journals of a fake N-Hub\n\n");
    while (!log.closed()) {
      log.await(number, journals, SIGN_OF_LIFE);
      List<EventLog.Event> events = log.after(number, journals, Integer.MAX_VALUE).events();
      write(out, events.isEmpty() ? ": still here\n\n" : turn(events));
      TimeUnit.NANOSECONDS.sleep(TURN.toNanos());
    }
  }

  @Override
  public void ended() {
    onEnd.run();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** What has come since the last turn, as text. */
  String turn(List<EventLog.Event> events) {
    Map<JournalName, List<EventLog.Event>> byJournal =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    EventLog.Event::journal,
                    () -> new EnumMap<>(JournalName.class),
                    Collectors.toList()));
    int share = Math.max(1, perTurn / byJournal.size());
    Map<Long, EventLog.Event> sample = new TreeMap<>();
    Map<String, Object> dropped = new LinkedHashMap<>();
    byJournal.forEach(
        (journal, all) -> {
          long left = gone(journal, all) + all.size() - take(all, share, sample);
          if (left > 0) {
            dropped.put(journal.label(), left);
          }
        });
    number = events.get(events.size() - 1).number();
    StringBuilder text = new StringBuilder();
    sample.values().forEach(event -> append(text, event));
    if (!dropped.isEmpty()) {
      text.append("id: ").append(number).append("\nevent: dropped\ndata: ");
      text.append(RecordWriter.json(dropped)).append("\n\n");
    }
    return text.toString();
  }

  /** Chooses so many, evenly, the newest among them; returns how many. */
  private static int take(List<EventLog.Event> all, int share, Map<Long, EventLog.Event> sample) {
    int taken = Math.min(share, all.size());
    for (int i = 1; i <= taken; i++) {
      EventLog.Event event = all.get((int) ((long) i * all.size() / taken) - 1);
      sample.put(event.number(), event);
    }
    return taken;
  }

  /** How many of a journal were no longer kept when they were asked for. */
  private long gone(JournalName journal, List<EventLog.Event> all) {
    long before = positions.getOrDefault(journal, 0L);
    positions.put(journal, all.get(all.size() - 1).position());
    return all.get(0).position() - before - 1;
  }

  private static void append(StringBuilder text, EventLog.Event event) {
    text.append("id: ").append(event.number());
    text.append("\nevent: ").append(event.journal().label());
    text.append("\ndata: ").append(RecordWriter.json(Entries.fields(event))).append("\n\n");
  }
}
