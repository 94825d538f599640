package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the fake saw of one kind, in order. Reading with {@code all} and {@code verify} changes
 * nothing; each entry can be taken once, so that a test goes through them step by step. An entry is
 * recorded before the client has the response, and that of a PUBACK before its receipt is settled.
 *
 * <p>Thread-safe. The newest {@value #CAPACITY} entries are kept.
 *
 * @param <T> the type of entries
 */
public final class Journal<T> {
  /** How many entries are kept. */
  public static final int CAPACITY = 200_000;

  private static final int SHOWN_MISSES = 5;

  /** A value with an identity: equal values are separate entries. */
  private static final class Entry<T> {
    private final T value;

    Entry(T value) {
      this.value = value;
    }

    T value() {
      return value;
    }
  }

  private final String noun;
  private final Deque<Entry<T>> entries = new ArrayDeque<>();
  private final Set<Entry<T>> untaken = new LinkedHashSet<>();
  private final List<Consumer<? super T>> followers = new CopyOnWriteArrayList<>();

  Journal(String noun) {
    this.noun = noun;
  }

  void add(T value) {
    record(value);
    followers.forEach(follower -> follower.accept(value));
  }

  private synchronized void record(T value) {
    Entry<T> entry = new Entry<>(value);
    entries.add(entry);
    untaken.add(entry);
    if (entries.size() > CAPACITY) {
      untaken.remove(entries.remove());
    }
    notifyAll();
  }

  synchronized void clear() {
    entries.clear();
    untaken.clear();
  }

  /**
   * Passes on every entry from now on, as long as the fake runs.
   *
   * @param follower called on the fake's own threads; must not block or throw
   */
  public void follow(Consumer<? super T> follower) {
    followers.add(Objects.requireNonNull(follower, "follower"));
  }

  /**
   * Every entry, taken or not.
   *
   * @return the entries, oldest first; a copy
   */
  public synchronized List<T> all() {
    return entries.stream().map(Entry::value).toList();
  }

  /**
   * Takes the oldest entry that was not taken yet, and waits for one if necessary.
   *
   * @param timeout how long to wait
   * @return the entry
   * @throws AssertionError if there is none in time
   */
  public T take(Duration timeout) {
    return take(timeout, Criteria.any());
  }

  /**
   * Takes the oldest entry that meets the criteria and was not taken yet, and waits for one if
   * necessary. Others stay, to be taken later.
   *
   * @param timeout how long to wait
   * @param criteria the criteria
   * @return the entry
   * @throws AssertionError if there is none in time; the message has the nearest misses
   */
  public synchronized T take(Duration timeout, Criteria<T> criteria) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      Entry<T> found = firstUntaken(criteria);
      long left = timeout.toNanos();
      while (found == null && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        found = firstUntaken(criteria);
        left = deadline - System.nanoTime();
      }
      if (found != null) {
        untaken.remove(found);
        return found.value();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a " + noun + ".", e);
    }
    throw new AssertionError(
        failure(
            "No " + noun + " to take within " + DurationText.of(timeout) + " of: " + criteria,
            criteria));
  }

  private @Nullable Entry<T> firstUntaken(Criteria<T> criteria) {
    return untaken.stream()
        .filter(entry -> criteria.matches(entry.value()))
        .findFirst()
        .orElse(null);
  }

  /**
   * Checks that at least one entry meets the criteria.
   *
   * @param criteria the criteria
   * @throws AssertionError if there is none; the message has the nearest misses
   */
  public synchronized void verify(Criteria<T> criteria) {
    if (count(criteria) == 0) {
      throw new AssertionError(failure("Expected a " + noun + " of: " + criteria, criteria));
    }
  }

  /**
   * Checks that an exact number of entries meet the criteria.
   *
   * @param times the number; 0 for none
   * @param criteria the criteria
   * @throws AssertionError if there are more or fewer; the message has the nearest misses
   */
  public synchronized void verify(int times, Criteria<T> criteria) {
    long found = count(criteria);
    if (found != times) {
      throw new AssertionError(
          failure(
              "Expected exactly " + times + " " + noun + "(s) of: " + criteria + ", found " + found,
              criteria));
    }
  }

  /**
   * How many entries meet the criteria.
   *
   * @param criteria the criteria
   * @return the number
   */
  public synchronized long count(Criteria<T> criteria) {
    return entries.stream().filter(entry -> criteria.matches(entry.value())).count();
  }

  private String failure(String problem, Criteria<T> criteria) {
    StringBuilder text = new StringBuilder(problem).append('.');
    List<Entry<T>> matching = new ArrayList<>();
    List<Entry<T>> misses = new ArrayList<>();
    for (Entry<T> entry : entries) {
      (criteria.matches(entry.value()) ? matching : misses).add(entry);
    }
    matching.stream()
        .limit(SHOWN_MISSES)
        .forEach(
            entry ->
                text.append("\n  ")
                    .append(untaken.contains(entry) ? "matches: " : "matches, was taken: ")
                    .append(entry.value()));
    misses.stream()
        .sorted(Comparator.comparingInt(entry -> criteria.missCount(entry.value())))
        .limit(SHOWN_MISSES)
        .forEach(
            entry ->
                text.append("\n  nearest miss: ")
                    .append(entry.value())
                    .append("\n    ")
                    .append(criteria.describeMisses(entry.value())));
    return entries.isEmpty()
        ? text.append(" The journal is empty.").toString()
        : text.append("\n  (").append(entries.size()).append(" in the journal)").toString();
  }
}
