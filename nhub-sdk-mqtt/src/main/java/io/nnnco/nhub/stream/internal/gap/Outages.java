package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.gap.GapCause;
import java.util.ArrayList;
import java.util.List;

/**
 * When nothing could arrive, or little did, and why: the latest such times, for whoever looks for
 * the cause of a gap. Thread-safe; to ask takes no lock.
 */
final class Outages {
  private static final int MOST = 64;

  private volatile List<Outage> outages = List.of();
  private volatile long sharedSince = Long.MAX_VALUE;

  private record Outage(long from, long to, GapCause cause) {}

  /** Adds one that is over. */
  synchronized void add(long from, long to, GapCause cause) {
    List<Outage> more = new ArrayList<>(outages);
    if (more.size() == MOST) {
      more.remove(0);
    }
    more.add(new Outage(from, to, cause));
    outages = List.copyOf(more);
  }

  /** Since when many devices are silent; {@link Long#MAX_VALUE} if they are not. */
  long sharedSince() {
    return sharedSince;
  }

  /** Many devices are silent, since then. */
  void sharedSince(long from) {
    sharedSince = Math.min(sharedSince, from);
  }

  /** Not any more. */
  void sharedUntil(long now) {
    if (sharedSince != Long.MAX_VALUE) {
      add(sharedSince, now, GapCause.SHARED);
      sharedSince = Long.MAX_VALUE;
    }
  }

  /** The cause of a gap; the fallback if it is not one of those. */
  GapCause of(long from, long to, long missing, double cadence, GapCause fallback) {
    long first = from + (long) (0.4 * cadence);
    long last = to - (long) (0.4 * cadence);
    GapCause cause = fallback;
    for (Outage outage : outages) {
      if (explains(outage, first, last, missing, cadence)
          && !(outage.cause == GapCause.CONNECTION_OUTAGE && from > outage.from && to < outage.to)
          && (cause == fallback || outage.cause.compareTo(cause) < 0)) {
        cause = outage.cause;
      }
    }
    return cause == fallback && last > sharedSince ? GapCause.SHARED : cause;
  }

  /** Whether it happened in the gap, and may have taken so much. */
  private static boolean explains(
      Outage outage, long first, long last, long missing, double cadence) {
    double most = (outage.to - outage.from) / cadence + 1;
    return outage.from < last && outage.to > first && missing <= 2 * most;
  }
}
