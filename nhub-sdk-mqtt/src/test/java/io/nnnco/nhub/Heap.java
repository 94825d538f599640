package io.nnnco.nhub;

/** The heap of this JVM, roughly. */
public final class Heap {
  private Heap() {}

  /** Bytes in use after a collection; the least of a few looks. */
  public static long usedAfterCollection() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Collects until no more than this is in use: what has a cleaner takes more than one round. */
  static void awaitAtMost(long bytes) {
    Eventually.isTrue(
        () -> usedAfterCollection() + " bytes are in use, at most " + bytes,
        () -> usedAfterCollection() <= bytes);
  }
}
