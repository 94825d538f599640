package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what must not fail a message. The first failure is logged. */
final class Harmless {
  private static final Logger log = LoggerFactory.getLogger(NHubObservations.class);

  private final AtomicBoolean hasFailed = new AtomicBoolean();

  Observation get(Supplier<Observation> observation) {
    return get(observation, () -> Observation.NOOP);
  }

  <T extends @Nullable Object> T get(Supplier<T> wanted, Supplier<T> otherwise) {
    try {
      return wanted.get();
    } catch (Throwable t) {
      failed(t);
      return otherwise.get();
    }
  }

  void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      failed(t);
    }
  }

  private void failed(Throwable failure) {
    if (!hasFailed.getAndSet(true)) {
      log.atError()
          .setCause(failure)
          .log(
              "A handler of observations failed, which harms no message; further failures for this"
                  + " subscription are not logged");
    }
  }
}
