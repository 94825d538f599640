package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Subscribes again where another task has taken a session over. A worker that was frozen has its
 * task for some seconds after it wakes, until the group stops it: by then it may have taken the
 * session from its successor. That one must not fail; it waits, and takes the session back.
 * Thread-safe.
 */
final class TakeOvers {
  /** The next one within {@link #MEMORY} is no accident: two connectors have the same session. */
  static final int FORGIVEN = 3;

  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final long pause;
  private final Deque<Long> forgiven = new ArrayDeque<>();
  private final Queue<Again> waiting = new ConcurrentLinkedQueue<>();

  /** What is to be done, and when, in the time of {@link System#nanoTime}. */
  private record Again(long due, Runnable subscribe) {}

  /**
   * Without any.
   *
   * @param pause until the other task is stopped, most likely
   */
  TakeOvers(Duration pause) {
    this.pause = pause.toNanos();
  }

  /**
   * Plans to subscribe again.
   *
   * @return whether it will; false if that happens again and again
   */
  synchronized boolean plan(Runnable subscribe) {
    long now = System.nanoTime();
    while (!forgiven.isEmpty() && now - forgiven.peek() > MEMORY.toNanos()) {
      forgiven.poll();
    }
    if (forgiven.size() >= FORGIVEN) {
      return false;
    }
    forgiven.add(now);
    waiting.add(new Again(now + pause, subscribe));
    return true;
  }

  /** Does what is due; for the thread that polls. */
  void resume() {
    Again next = waiting.peek();
    while (next != null && System.nanoTime() - next.due() >= 0) {
      waiting.poll();
      next.subscribe().run();
      next = waiting.peek();
    }
  }
}
