package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.DeviceGaps;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import io.nnnco.nhub.stream.internal.gap.DeviceClock.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device. Times are in milliseconds: sent by the device's clock, arrived by ours. Thread-safe;
 * its lock is held for a few dozen instructions, and never while foreign code runs.
 */
final class DeviceHistory {
  /** Messages that have all waited somewhere cannot show a gap of more than that. */
  private static final int MOST_UNPROVEN = 10_000;

  /** A longer time between messages before there was a cadence may be a clock that was set. */
  private static final int MOST_BEFORE = 100;

  private static final long NEVER = Long.MIN_VALUE;

  private final String id;
  private final Books books;
  private final Rhythm rhythm = new Rhythm();
  private final DeviceClock clock = new DeviceClock();
  private @Nullable Pieces pieces;
  private volatile long heard;
  private volatile boolean toCorrect;
  private long lastSent;
  private long joined = NEVER;
  private long missing;
  private int uplinks;
  private int duplicates;
  private int late;
  private long silentSince = NEVER;

  DeviceHistory(String id, long heard, Books books) {
    this.id = id;
    this.heard = heard;
    this.books = books;
  }

  String id() {
    return id;
  }

  /** Something arrived, and waits for its turn. */
  void heard(long arrival) {
    heard = arrival;
  }

  long heard() {
    return heard;
  }

  /** It joined the network, as after a restart. */
  synchronized void joined(long arrival) {
    joined = arrival;
  }

  /** An uplink. Returns what there is to tell, most often nothing. */
  synchronized List<SubscriptionEvent> uplink(long sent, long arrival) {
    heard = Math.max(heard, arrival);
    if (uplinks == 0) {
      clock.begin(sent, arrival);
      lastSent = sent;
    } else if (isCopy(sent)) {
      duplicates++;
      books.duplicates.increment();
      return List.of();
    }
    uplinks++;
    books.uplinks.increment();
    if (sent < lastSent) {
      return earlier(sent, arrival);
    }
    return uplinks == 1 ? List.of() : later(sent, arrival);
  }

  /** By the times of the last messages; a clock that stands still makes copies only. */
  private boolean isCopy(long sent) {
    if (sent > lastSent) {
      return false;
    }
    long known = lastSent;
    for (int back = 0; known > sent && back < rhythm.size(); back++) {
      known -= rhythm.last(back);
    }
    return known == sent
        || sent == clock.earlierLast()
        || (pieces != null && pieces.hasEdgeAt(sent));
  }

  private List<SubscriptionEvent> later(long sent, long arrival) {
    Reading reading = clock.later(sent, lastSent, arrival, rhythm.cadence());
    if (reading == Reading.SET_FORWARD) {
      set(sent, arrival);
    } else if (reading == Reading.LATE) {
      countLate(1);
    } else if (reading == Reading.SET_BACK) {
      countLate(-2);
    }
    return next(sent, arrival);
  }

  private List<SubscriptionEvent> earlier(long sent, long arrival) {
    if (!clock.earlier(sent, arrival, rhythm.cadence())) {
      countLate(1);
      fill(sent);
      return List.of();
    }
    countLate(-2);
    set(sent, arrival);
    List<SubscriptionEvent> told = new ArrayList<>(next(clock.earlierFirst(), arrival));
    told.addAll(next(clock.earlierLast(), arrival));
    told.addAll(next(sent, arrival));
    return told;
  }

  private void countLate(int more) {
    late += more;
    books.late.add(more);
  }

  private void set(long sent, long arrival) {
    long shift = clock.set(sent, arrival);
    lastSent = Math.min(lastSent + shift, sent);
    if (pieces != null) {
      pieces.shift(shift);
    }
  }

  /** The next message in the order of sending. */
  private List<SubscriptionEvent> next(long sent, long now) {
    long previous = lastSent;
    lastSent = sent;
    Verdict verdict = rhythm.add(Math.max(0, sent - previous));
    long lost = verdict == Verdict.MISSING && !clock.isSlow() ? rhythm.intervals() - 1 : 0;
    if (verdict == Verdict.CHANGED || verdict == Verdict.IRREGULAR) {
      retract(verdict == Verdict.CHANGED ? sentBack(rhythm.since()) : NEVER);
    }
    if (verdict == Verdict.LEARNED) {
      return lookBack(now);
    }
    if (lost > MOST_UNPROVEN && !clock.isProven()) {
      rhythm.forget();
      lost = 0;
    }
    if (lost == 0 && !isSilent()) {
      return List.of();
    }
    long name = isSilent() ? silentSince : clock.ours(previous);
    silentSince = NEVER;
    Gap gap = gap(name, sent, lost, cause(previous, sent, lost));
    if (lost > 0) {
      add(previous, sent, gap);
    }
    return List.of(new SubscriptionEvent.GapClosed(Instant.ofEpochMilli(now), gap));
  }

  /** What is missing among the messages from which the cadence was learned. */
  private List<SubscriptionEvent> lookBack(long now) {
    List<SubscriptionEvent> told = new ArrayList<>();
    long from = sentBack(rhythm.size());
    for (int back = rhythm.size() - 1; back >= 0; back--) {
      long to = from + rhythm.last(back);
      int lost = rhythm.intervalsOf(rhythm.last(back)) - 1;
      if (lost > 0 && lost < MOST_BEFORE) {
        Gap gap = gap(clock.ours(from), to, lost, cause(from, to, lost));
        add(from, to, gap);
        told.add(new SubscriptionEvent.GapClosed(Instant.ofEpochMilli(now), gap));
      }
      from = to;
    }
    return told;
  }

  private void add(long from, long to, Gap gap) {
    Pieces all = pieces;
    if (all == null) {
      all = new Pieces();
      pieces = all;
    }
    all.add(from, to, gap.from().toEpochMilli(), gap.missing(), gap.cause());
    missing += gap.missing();
    books.gaps.increment();
    books.missing(gap.cause(), gap.missing());
  }

  private GapCause cause(long from, long to, long lost) {
    long start = clock.ours(from);
    long end = clock.ours(to);
    GapCause own =
        lost > books.silentAfter || (joined > start && joined <= end)
            ? GapCause.DEVICE_SILENT
            : GapCause.FRAMES_LOST;
    return books.outages.of(start, end, lost, rhythm.cadence(), own);
  }

  private Gap gap(long name, long to, long lost, GapCause cause) {
    return new Gap(id, Instant.ofEpochMilli(name), ours(to), lost, cadence(), cause);
  }

  private Instant ours(long sent) {
    return Instant.ofEpochMilli(clock.ours(sent));
  }

  private Duration cadence() {
    return Duration.ofMillis(Math.round(rhythm.cadence()));
  }

  private void fill(long sent) {
    int piece = pieces == null || !rhythm.isKnown() ? -1 : pieces.find(sent);
    if (pieces != null && piece >= 0) {
      long name = pieces.name(piece);
      GapCause cause = pieces.cause(piece);
      books.filled.increment();
      fewer(name, cause, pieces.fill(piece, sent, rhythm));
    }
  }

  /** Fewer are missing in a gap. */
  private void fewer(long name, GapCause cause, long found) {
    missing -= found;
    books.missing(cause, -found);
    if (pieces != null && pieces.missingIn(name) == 0) {
      books.gaps.decrement();
    }
    toCorrect = true;
  }

  /** When the last message but so many was sent, as far as that is remembered. */
  private long sentBack(int messages) {
    long sent = lastSent;
    for (int back = 0; back < Math.min(messages, rhythm.size()); back++) {
      sent -= rhythm.last(back);
    }
    return sent;
  }

  /** What was sent since then was judged by a wrong cadence. */
  private void retract(long since) {
    Pieces all = pieces;
    if (all == null) {
      return;
    }
    for (int piece = 0; piece < all.size(); piece++) {
      if (all.start(piece) >= since && all.missingIn(all.name(piece)) > 0) {
        fewer(all.name(piece), all.cause(piece), all.retract(piece));
      }
    }
  }

  /**
   * Looks whether the device is silent.
   *
   * @param since since when messages could arrive
   */
  synchronized @Nullable SubscriptionEvent overdue(long now, long since) {
    long quiet = now - Math.max(heard, since);
    if (isSilent() || !isRegular() || quiet <= rhythm.longest(books.silentAfter + 1)) {
      return null;
    }
    silentSince = clock.ours(lastSent);
    return new SubscriptionEvent.GapOpened(Instant.ofEpochMilli(now), open(now));
  }

  private Gap open(long now) {
    long start = silentSince;
    long lost = Math.max(1, (long) ((now - start) / rhythm.cadence()));
    GapCause cause = books.outages.of(start, now, lost, rhythm.cadence(), GapCause.DEVICE_SILENT);
    return new Gap(id, Instant.ofEpochMilli(start), null, lost, cadence(), cause);
  }

  /** The gap that the device is in; null if it is not silent. */
  synchronized @Nullable Gap silence(long now) {
    return isSilent() && rhythm.isKnown() ? open(now) : null;
  }

  /** The gaps that late messages, or another cadence, have changed since this was last asked. */
  List<SubscriptionEvent> corrections(long now) {
    return toCorrect ? takeCorrections(now) : List.of();
  }

  private synchronized List<SubscriptionEvent> takeCorrections(long now) {
    toCorrect = false;
    List<SubscriptionEvent> told = new ArrayList<>();
    Pieces all = pieces;
    if (all != null) {
      for (int piece = 0; piece < all.size(); piece++) {
        if (all.takeChanged(piece)) {
          told.add(
              new SubscriptionEvent.GapCorrected(Instant.ofEpochMilli(now), gapOf(all, piece)));
        }
      }
      all.tidy();
    }
    return told;
  }

  private Gap gapOf(Pieces all, int piece) {
    long name = all.name(piece);
    return gap(name, all.gapEnd(piece), all.missingIn(name), all.cause(piece));
  }

  /** How long it has been quiet, in intervals; negative if it has no cadence. */
  synchronized double quiet(long now) {
    return isRegular() ? (now - heard) / rhythm.longest(1) : -1;
  }

  synchronized boolean isRegular() {
    return rhythm.isKnown() && !clock.isSlow();
  }

  synchronized boolean isIrregular() {
    return rhythm.isIrregular();
  }

  synchronized boolean isSilent() {
    return silentSince != NEVER;
  }

  synchronized DeviceGaps snapshot(long now) {
    List<Gap> gaps = new ArrayList<>();
    Pieces all = pieces;
    for (int piece = 0; all != null && piece < all.size(); piece++) {
      Gap gap = gapOf(all, piece);
      if (gap.missing() > 0 && gaps.stream().noneMatch(each -> each.from().equals(gap.from()))) {
        gaps.add(gap);
      }
    }
    if (isSilent() && rhythm.isKnown()) {
      gaps.add(open(now));
    }
    return new DeviceGaps(
        id,
        rhythm.isKnown() ? cadence() : null,
        ours(lastSent),
        Instant.ofEpochMilli(heard),
        uplinks,
        duplicates,
        late,
        missing,
        gaps);
  }
}
