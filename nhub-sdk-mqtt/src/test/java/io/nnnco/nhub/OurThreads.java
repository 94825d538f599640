package io.nnnco.nhub;

import java.time.Duration;
import java.util.List;

/** The threads of the SDK that live in this JVM. */
final class OurThreads {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OurThreads() {}

  /** Ours, and Paho's, which carry the client id. */
  static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("nhub-") && !name.startsWith("nhub-fake"))
        .toList();
  }

  static List<String> ofPaho() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("MQTT "))
        .toList();
  }

  /** Threads end a moment after they are told to. */
  static void awaitNone() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!(names().isEmpty() && ofPaho().isEmpty())) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Still alive: " + names() + ofPaho());
      }
      Thread.onSpinWait();
    }
  }
}
