package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.testkit.Silence;
import io.nnnco.nhub.testkit.Transmission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Reported gaps against the truth. A frame that a silent device would have sent counts as missing:
 * a receiver cannot tell it from a lost one.
 */
final class Score {
  /** Before so many uplinks have arrived, no cadence can be known. */
  static final int EVIDENCE = Rhythm.FEWEST + 1;

  private long missing;
  private long covered;
  private long reported;
  private long truly;
  private long tooEarly;
  private long atTheEnd;
  private long ofIrregular;
  private long reportedOfIrregular;
  private long trulyOfIrregular;
  private int irregularDevices;
  private int devices;

  /**
   * Adds a device.
   *
   * @param sent its uplinks in the order of sending
   * @param gaps what was reported in the end
   */
  void add(boolean regular, List<Transmission> sent, List<Silence> silences, Collection<Gap> gaps) {
    devices++;
    List<Instant> frames = missing(sent, silences);
    if (!regular) {
      irregularDevices++;
      ofIrregular += frames.size();
      for (Gap gap : gaps) {
        long inside = frames.stream().filter(frame -> isIn(gap, frame)).count();
        reportedOfIrregular += gap.missing();
        trulyOfIrregular += Math.min(gap.missing(), inside);
      }
      return;
    }
    for (Gap gap : gaps) {
      long inside = frames.stream().filter(frame -> isIn(gap, frame)).count();
      reported += gap.missing();
      truly += Math.min(gap.missing(), inside);
    }
    List<Instant> arrived =
        sent.stream().filter(each -> !each.arrivals().isEmpty()).map(Transmission::sentAt).toList();
    Instant known = arrived.size() < EVIDENCE ? Instant.MAX : arrived.get(EVIDENCE - 1);
    Instant last = arrived.isEmpty() ? Instant.MIN : arrived.get(arrived.size() - 1);
    for (Instant frame : frames) {
      boolean found = gaps.stream().anyMatch(gap -> gap.missing() > 0 && isIn(gap, frame));
      if (found || (frame.isAfter(known) && frame.isBefore(last))) {
        missing++;
        covered += found ? 1 : 0;
      } else if (frame.isAfter(last)) {
        atTheEnd++;
      } else {
        tooEarly++;
      }
    }
  }

  /** Adds the devices of another fleet. */
  void add(Score other) {
    devices += other.devices;
    irregularDevices += other.irregularDevices;
    missing += other.missing;
    covered += other.covered;
    reported += other.reported;
    truly += other.truly;
    tooEarly += other.tooEarly;
    atTheEnd += other.atTheEnd;
    ofIrregular += other.ofIrregular;
    reportedOfIrregular += other.reportedOfIrregular;
    trulyOfIrregular += other.trulyOfIrregular;
  }

  private static boolean isIn(Gap gap, Instant frame) {
    return gap.from().isBefore(frame) && (gap.to() == null || gap.to().isAfter(frame));
  }

  /** When what did not arrive was sent, or would have been. */
  private static List<Instant> missing(List<Transmission> sent, List<Silence> silences) {
    List<Instant> frames = new ArrayList<>();
    sent.stream()
        .filter(each -> each.arrivals().isEmpty())
        .map(Transmission::sentAt)
        .forEach(frames::add);
    Duration cadence = cadence(sent);
    for (Silence silence : silences) {
      Instant until = silence.until();
      Instant before = null;
      Instant after = null;
      for (Transmission each : sent) {
        if (each.sentAt().isBefore(silence.from())) {
          before = each.sentAt();
        } else if (until != null && after == null && !each.sentAt().isBefore(until)) {
          after = each.sentAt();
        }
      }
      if (before != null && after != null) {
        Duration whole = Duration.between(before, after);
        long intervals = Math.round((double) whole.toMillis() / cadence.toMillis());
        for (long i = 1; i < intervals; i++) {
          frames.add(before.plus(whole.multipliedBy(i).dividedBy(intervals)));
        }
      }
    }
    return frames;
  }

  private static Duration cadence(List<Transmission> sent) {
    List<Duration> times = new ArrayList<>();
    for (int i = 1; i < sent.size(); i++) {
      times.add(Duration.between(sent.get(i - 1).sentAt(), sent.get(i).sentAt()));
    }
    times.sort(null);
    return times.isEmpty() ? Duration.ofDays(1) : times.get(times.size() / 2);
  }

  /** Of the frames that are missing, the share that lies in a gap. */
  double recall() {
    return missing == 0 ? 1 : (double) covered / missing;
  }

  /** Of the frames that are missing, the share that is also counted. */
  double counted() {
    return missing == 0 ? 1 : (double) truly / missing;
  }

  /** Of the frames that are reported, the share that is missing. */
  double precision() {
    return reported == 0 ? 1 : (double) truly / reported;
  }

  /** The same, with what is reported of irregular devices. */
  double precisionOfAll() {
    long all = reported + reportedOfIrregular;
    return all == 0 ? 1 : (double) (truly + trulyOfIrregular) / all;
  }

  long missing() {
    return missing;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d devices, %d irregular; %d missing, recall %.2f %%, counted %.2f %%, precision %.2f %%,"
            + " of all devices %.2f %%; not judged: %d before a cadence was known, %d at the end, %d"
            + " of irregular devices (%d found, %d falsely reported)",
        devices,
        irregularDevices,
        missing,
        100 * recall(),
        100 * counted(),
        100 * precision(),
        100 * precisionOfAll(),
        tooEarly,
        atTheEnd,
        ofIrregular,
        trulyOfIrregular,
        reportedOfIrregular - trulyOfIrregular);
  }
}
