package io.nnnco.nhub;

import org.jspecify.annotations.Nullable;

/** A machine that starts no more threads, for the thread that asks. */
public final class NoMoreThreads {
  private static final ThreadLocal<@Nullable Runnable> WHEN_ASKED = new ThreadLocal<>();

  private NoMoreThreads() {}

  /** Runs something that can start no thread; what that throws is a failure of the test. */
  public static void during(Runnable task) {
    during(task, () -> {});
  }

  /**
   * The same.
   *
   * @param whenAsked what happens while a thread is being started, and before that fails
   */
  public static void during(Runnable task, Runnable whenAsked) {
    WHEN_ASKED.set(whenAsked);
    try {
      task.run();
    } catch (OutOfMemoryError e) { // JUnit would end on it.
      throw new AssertionError("It was thrown at the one who called", e);
    } finally {
      WHEN_ASKED.remove();
    }
  }

  /** Called before a thread is started; fails if there are to be no more. */
  public static void check() {
    Runnable whenAsked = WHEN_ASKED.get();
    if (whenAsked != null) {
      whenAsked.run();
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
