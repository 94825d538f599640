package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.Occurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The faults that wait to happen. A request that one of them takes is no opportunity for others.
 */
final class ApiFaults {
  private static final class Waiting {
    final ApiFault fault;
    final Occurrence when;
    final Random random;
    long seen;

    Waiting(ApiFault fault, Occurrence when) {
      this.fault = fault;
      this.when = when;
      this.random = new Random(when.seed());
    }

    @Nullable ApiFault offer(String method, String path) {
      ApiFault effect = fault;
      while (effect instanceof ApiFault.Only only) {
        if (!only.method().equals(method) || !path.endsWith(only.path())) {
          return null;
        }
        effect = only.fault();
      }
      long opportunity = seen++ - when.skip();
      boolean taken =
          opportunity >= 0
              && opportunity < when.times()
              && (when.probability() >= 1 || random.nextDouble() < when.probability());
      return taken ? effect : null;
    }

    boolean over() {
      return when.times() != Integer.MAX_VALUE && seen >= (long) when.skip() + when.times();
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  synchronized void inject(ApiFault fault, Occurrence when) {
    if (when.clientId() != null) {
      throw new IllegalArgumentException("A request has no client id; leave out onClient.");
    }
    waiting.add(new Waiting(fault, when));
  }

  synchronized void clear() {
    waiting.clear();
  }

  /** What happens to this request; null if nothing. Never an {@link ApiFault.Only}. */
  synchronized @Nullable ApiFault next(String method, String path) {
    for (Waiting candidate : waiting) {
      ApiFault effect = candidate.offer(method, path);
      if (effect != null) {
        waiting.removeIf(Waiting::over);
        return effect;
      }
    }
    return null;
  }
}
