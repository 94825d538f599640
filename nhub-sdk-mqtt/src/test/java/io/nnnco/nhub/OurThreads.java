package io.nnnco.nhub;

import java.util.List;

/** The threads of the SDK that live in this JVM. */
final class OurThreads {
  /** How many threads the SDK's own pool has at most, on a JDK without virtual ones. */
  static final int MOST_WORKERS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

  private OurThreads() {}

  /** Ours, and Paho's, which carry the client id. */
  static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("nhub-") && !name.startsWith("nhub-fake"))
        .toList();
  }

  static int workers() {
    return (int) names().stream().filter(OurThreads::isWorker).count();
  }

  private static boolean isWorker(String name) {
    return name.startsWith("nhub-worker");
  }

  /** How many there are that are no workers, Paho's included. */
  static int besidesWorkers() {
    return (int) names().stream().filter(name -> !isWorker(name)).count() + ofPaho().size();
  }

  static List<String> ofPaho() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("MQTT "))
        .toList();
  }

  /** Threads end a moment after they are told to. */
  static void awaitNone() {
    Eventually.isTrue(
        () -> "none is alive of " + names() + ofPaho(),
        () -> names().isEmpty() && ofPaho().isEmpty());
  }
}
