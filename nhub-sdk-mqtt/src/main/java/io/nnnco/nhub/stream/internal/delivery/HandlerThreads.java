package io.nnnco.nhub.stream.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Runs user code on workers, and knows which threads are in it.
 *
 * <p>Thread-safe.
 */
final class HandlerThreads {
  private static final ThreadLocal<@Nullable Frame> CURRENT = new ThreadLocal<>();

  private final Workers workers;

  /** User code at work on a thread, of which more may be at work around it. */
  private static final class Frame {
    private final HandlerThreads owner;
    private final @Nullable Frame outer;
    private final boolean onWorker;
    private final boolean borrowed;
    private @Nullable Deque<Runnable> followers;

    Frame(HandlerThreads owner, @Nullable Frame outer, boolean onWorker, boolean borrowed) {
      this.owner = owner;
      this.outer = outer;
      this.onWorker = onWorker;
      this.borrowed = borrowed;
    }

    void follow(Runnable task) {
      if (followers == null) {
        followers = new ArrayDeque<>(2);
      }
      followers.add(task);
    }

    @Nullable Runnable nextFollower() {
      return followers == null ? null : followers.poll();
    }
  }

  HandlerThreads(Workers workers) {
    this.workers = workers;
  }

  /** What runs on a worker is user code, for as long as it has the worker. */
  void execute(Runnable task) {
    Thread caller = Thread.currentThread();
    workers.execute(() -> runOnWorker(task, caller));
  }

  /** An executor may run a task in the thread that brings it: then the present one ends first. */
  private void runOnWorker(Runnable task, Thread caller) {
    Frame outer = CURRENT.get();
    for (Frame frame = outer; frame != null; frame = frame.outer) {
      if (frame.onWorker) {
        frame.follow(() -> runAsHandler(task));
        return;
      }
    }
    Frame frame = new Frame(this, outer, true, Thread.currentThread() == caller);
    CURRENT.set(frame);
    try {
      task.run();
      for (Runnable next = frame.nextFollower(); next != null; next = frame.nextFollower()) {
        next.run();
      }
    } finally {
      leave(frame);
      for (Runnable left = frame.nextFollower(); left != null; left = frame.nextFollower()) {
        workers.execute(left);
      }
    }
  }

  /** Runs user code that {@link #areInside()} is to take for a handler. */
  void runAsHandler(Runnable userCode) {
    Frame frame = new Frame(this, CURRENT.get(), false, false);
    CURRENT.set(frame);
    try {
      userCode.run();
    } finally {
      leave(frame);
    }
  }

  /** An entry without a value holds nothing, and costs less than one that is made each time. */
  private static void leave(Frame frame) {
    CURRENT.set(frame.outer);
  }

  /**
   * Whether the calling thread is a worker, which may block. An executor that runs a task in the
   * thread that brings it has borrowed that thread: it may be the one that reads, or the client's
   * timer.
   */
  boolean areOnWorker() {
    for (Frame frame = CURRENT.get(); frame != null; frame = frame.outer) {
      if (frame.onWorker) {
        return !frame.borrowed;
      }
    }
    return false;
  }

  /** Whether the calling thread is in a handler, and so must not wait for it. */
  boolean areInside() {
    for (Frame frame = CURRENT.get(); frame != null; frame = frame.outer) {
      if (frame.owner == this) {
        return true;
      }
    }
    return false;
  }
}
