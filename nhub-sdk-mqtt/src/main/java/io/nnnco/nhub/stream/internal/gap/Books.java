package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.gap.GapCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What all devices share: counts, and the outages that explain gaps. Thread-safe. */
final class Books {
  final LongAdder uplinks = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder filled = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final Outages outages = new Outages();
  final int silentAfter;
  private final Map<GapCause, LongAdder> missing = new EnumMap<>(GapCause.class);

  /** With so many missing in a row, a device is silent. */
  Books(int silentAfter) {
    this.silentAfter = silentAfter;
    for (GapCause cause : GapCause.values()) {
      missing.put(cause, new LongAdder());
    }
  }

  /** More are missing, or fewer. */
  void missing(GapCause cause, long more) {
    Objects.requireNonNull(missing.get(cause)).add(more);
  }

  /** By cause, each with a value. */
  Map<GapCause, Long> missing() {
    Map<GapCause, Long> sums = new EnumMap<>(GapCause.class);
    missing.forEach((cause, sum) -> sums.put(cause, sum.sum()));
    return sums;
  }
}
