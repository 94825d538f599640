package io.nnnco.nhub;

import java.util.concurrent.atomic.AtomicReference;

/** A machine that starts no more threads, for the thread that asks. */
public final class NoMoreThreads {
  private NoMoreThreads() {}

  /** Runs something that can start no thread; what that throws is a failure of the test. */
  public static void during(Runnable task) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread barren = new Barren(task);
    barren.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
    barren.start();
    try {
      barren.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thrown.get() != null) {
      throw new AssertionError("It was thrown at the one who called", thrown.get());
    }
  }

  /** Whoever makes a thread asks the one it runs on for this, whatever it then sets. */
  private static final class Barren extends Thread {
    Barren(Runnable task) {
      super(task, "barren");
    }

    @Override
    public ClassLoader getContextClassLoader() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
