package io.nnnco.nhub.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Messages per second over the last five samples: at a few messages a second, one says nothing. */
final class MessageRate {
  private static final int SAMPLES = 5;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long count) {}

  /** Begins with a count of zero. */
  MessageRate(long nanos) {
    samples.add(new Sample(nanos, 0));
  }

  double sample(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    if (samples.size() > SAMPLES + 1) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    double elapsed = Math.max(1, nanos - first.nanos());
    return (count - first.count()) * TimeUnit.SECONDS.toNanos(1) / elapsed;
  }
}
