package io.nnnco.nhub.testkit.internal.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What happened at the fake, numbered through all journals, for readers who come when they like. It
 * keeps the newest entries of each journal and never waits for a reader. Thread-safe.
 */
final class EventLog {
  /** How many entries of each journal are kept. */
  static final int KEPT = 10_000;

  /** How many bytes of each journal are kept; of entries without a payload, few. */
  static final long KEPT_BYTES = 16 << 20;

  private final Map<JournalName, Kept> journals = new EnumMap<>(JournalName.class);
  private long last;
  private int readers;
  private boolean closed;

  /**
   * An entry.
   *
   * @param number of all entries
   * @param position among those of its journal, from 1
   * @param journal the journal
   * @param value the entry
   * @param bytes its size
   */
  record Event(long number, long position, JournalName journal, Object value, int bytes) {}

  /**
   * What a reader gets.
   *
   * @param events in order
   * @param gap whether some after the given number are no longer kept
   * @param more whether there are more, beyond the limit
   */
  record Page(List<Event> events, boolean gap, boolean more) {}

  /** The entries of one journal. */
  private static final class Kept {
    final Deque<Event> events = new ArrayDeque<>();
    long position;
    long dropped; // the number of the newest entry that is no longer kept
    long bytes;

    void add(Event event) {
      events.add(event);
      bytes += event.bytes();
      while (events.size() > KEPT || (bytes > KEPT_BYTES && events.size() > 1)) {
        Event oldest = events.remove();
        bytes -= oldest.bytes();
        dropped = oldest.number();
      }
    }
  }

  EventLog() {
    for (JournalName name : JournalName.values()) {
      journals.put(name, new Kept());
    }
  }

  private Kept kept(JournalName name) {
    return journals.computeIfAbsent(name, key -> new Kept());
  }

  /** Records an entry. */
  synchronized void add(JournalName journal, Object value, int bytes) {
    Kept kept = kept(journal);
    kept.add(new Event(++last, ++kept.position, journal, value, bytes));
    if (readers > 0) {
      notifyAll();
    }
  }

  /** The number of the newest entry; 0 before the first. */
  synchronized long last() {
    return last;
  }

  /** How many entries a journal has had since the fake started. */
  synchronized long count(JournalName journal) {
    return kept(journal).position;
  }

  /** How many entries a journal had had at this number; of those that are kept, at least. */
  synchronized long position(JournalName journal, long number) {
    Kept kept = kept(journal);
    return kept.events.stream()
        .filter(event -> event.number() > number)
        .findFirst()
        .map(event -> event.position() - 1)
        .orElse(kept.position);
  }

  /** Forgets the entries but for this one, which says so; numbers go on. */
  synchronized void clear(Reset reset) {
    journals.values().forEach(kept -> kept.events.clear());
    journals.values().forEach(kept -> kept.bytes = 0);
    add(JournalName.RESETS, reset, 0);
  }

  /** Ends all waiting. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean closed() {
    return closed;
  }

  /** Waits until one of the journals has an entry after this number, or the time is over. */
  synchronized void await(long after, Collection<JournalName> names, Duration wait)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    readers++;
    try {
      long left = wait.toNanos();
      while (!closed && left > 0 && names.stream().noneMatch(name -> hasAfter(name, after))) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } finally {
      readers--;
    }
  }

  private boolean hasAfter(JournalName name, long after) {
    Event newest = kept(name).events.peekLast();
    return newest != null && newest.number() > after;
  }

  /** The oldest entries after this number, of some journals, at most so many. */
  synchronized Page after(long after, Collection<JournalName> names, int limit) {
    List<Event> found = new ArrayList<>();
    boolean gap = false;
    for (JournalName name : names) {
      Kept kept = kept(name);
      gap |= kept.dropped > after;
      Iterator<Event> newestFirst = kept.events.descendingIterator();
      Event event = newestFirst.hasNext() ? newestFirst.next() : null;
      while (event != null && event.number() > after) {
        found.add(event);
        event = newestFirst.hasNext() ? newestFirst.next() : null;
      }
    }
    found.sort(Comparator.comparingLong(Event::number));
    boolean more = found.size() > limit;
    return new Page(List.copyOf(more ? found.subList(0, limit) : found), gap, more);
  }
}
