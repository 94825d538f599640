package io.nnnco.nhub.cli;

import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.ReplayReport;
import io.nnnco.nhub.recording.ReplayTarget;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Replays a recording, with its progress on a terminal, and says at the end what happened. */
final class Replay {
  private final Recording recording;
  private final Display display;
  private final Ticker ticker;
  private final AtomicLong messages = new AtomicLong();
  private volatile double share;

  /** With a ticker for the progress; {@link Ticker#NEVER} for none. */
  Replay(Recording recording, Display display, Ticker ticker) {
    this.recording = recording.onProgress(read -> share = read);
    this.display = display;
    this.ticker = ticker;
  }

  <E extends Exception> void into(ReplayTarget<E> target) throws E, InterruptedException {
    ReplayReport report;
    Ticker.Ticking ticking = ticker.everySecond(this::tick);
    try {
      report =
          recording.replayInto(
              message -> {
                target.replay(message);
                messages.incrementAndGet();
              });
    } finally {
      ticking.close();
      display.clearStatus();
    }
    display.notice("nhub: " + summary(report));
  }

  private void tick() {
    display.status(new ReplayStatus(messages.get(), share));
  }

  private static String summary(ReplayReport report) {
    return String.format(
            Locale.ROOT,
            "%d replayed; %d undecodable, %d damaged lines skipped",
            report.replayed(),
            report.undecodable(),
            report.unreadable())
        + (report.cutBytes() == 0
            ? ""
            : "; the last message was cut off, and its "
                + report.cutBytes()
                + " bytes were skipped");
  }
}
