package io.nnnco.nhub.kafka.connect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Completes when Kafka has all records of a batch. Thread-safe. */
final class Confirmation {
  private final AtomicInteger missing;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Confirmation(int records) {
    missing = new AtomicInteger(records);
  }

  /** Kafka has one more of them, or need not have it. */
  void confirm() {
    if (missing.decrementAndGet() == 0) {
      done.complete(null);
    }
  }

  CompletableFuture<Void> done() {
    return done;
  }
}
