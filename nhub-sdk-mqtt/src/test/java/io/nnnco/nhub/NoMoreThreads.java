package io.nnnco.nhub;

/** A machine that starts no more threads, for the thread that asks. */
public final class NoMoreThreads {
  /** Is copied into each thread that another makes. */
  private static final InheritableThreadLocal<Boolean> FAILING =
      new InheritableThreadLocal<>() {
        @Override
        protected Boolean childValue(Boolean parent) {
          throw new OutOfMemoryError("unable to create native thread");
        }
      };

  private NoMoreThreads() {}

  /** Runs something that can start no thread; what that throws is a failure of the test. */
  public static void during(Runnable task) {
    FAILING.set(true);
    try {
      task.run();
    } catch (OutOfMemoryError e) { // JUnit would end on it.
      throw new AssertionError("It was thrown at the one who called", e);
    } finally {
      FAILING.remove();
    }
  }
}
