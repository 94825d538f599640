package io.nnnco.nhub.recording;

import io.nnnco.nhub.codec.MalformedMessageException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * A file of messages as they arrived, by {@code nhub record} or a {@link RecordingWriter}, to be
 * replayed: a fault that was seen in production becomes a test case.
 *
 * <pre>{@code
 * Recording.open(Path.of("fault.jsonl")).atFullSpeed().replayInto(handler);
 * }</pre>
 *
 * <p>A replay gives the same bytes in the order in which they were recorded, one message at a time,
 * on the calling thread. It keeps no message: a file of any length takes the same memory. A last
 * line that was cut off, and lines that are damaged, are counted and skipped.
 *
 * <p>Immutable: each method returns a changed copy. Each replay reads the file again.
 */
public final class Recording {
  private final Path path;
  private final Selection selection;
  private final double speed;
  private final ReplayClock clock;
  private final DoubleConsumer progress;

  private Recording(
      Path path, Selection selection, double speed, ReplayClock clock, DoubleConsumer progress) {
    this.path = path;
    this.selection = selection;
    this.speed = speed;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Opens a recording, to be replayed as fast as it was recorded.
   *
   * @param path the file
   * @return the recording
   * @throws RecordingException if it cannot be read, is another file, or was written by a newer
   *     version of the SDK
   */
  public static Recording open(Path path) {
    RecordedLines.open(path).close();
    return new Recording(path, Selection.ALL, 1, ReplayClock.SYSTEM, share -> {});
  }

  /**
   * Selects the messages of some devices.
   *
   * @param ids the devices, as the topics name them
   * @return the changed copy
   * @throws IllegalArgumentException if there is none
   */
  public Recording devices(String... ids) {
    return new Recording(path, selection.devices(ids), speed, clock, progress);
  }

  /**
   * Selects the first message that arrived at a time or later, and those behind it.
   *
   * @param time the time
   * @return the changed copy
   */
  public Recording from(Instant time) {
    return new Recording(path, selection.from(time), speed, clock, progress);
  }

  /**
   * Selects the first message that arrived that long after the first one of the file, and those
   * behind it.
   *
   * @param offset how long
   * @return the changed copy
   * @throws IllegalArgumentException if it is negative
   */
  public Recording from(Duration offset) {
    return new Recording(path, selection.from(offset), speed, clock, progress);
  }

  /**
   * Sets how fast the messages are replayed, 1 by default: at 10, the time between two messages is
   * a tenth of what it was. Where the target takes longer than that, the replay catches up. Time
   * that goes back in the recording, as when a clock was set, counts as none.
   *
   * @param factor above 0
   * @return the changed copy
   * @throws IllegalArgumentException if it is not above 0
   */
  public Recording speed(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("The speed must be above 0, not " + factor + ".");
    }
    return new Recording(path, selection, factor, clock, progress);
  }

  /**
   * Replays as fast as the target takes the messages.
   *
   * @return the changed copy
   */
  public Recording atFullSpeed() {
    return speed(Double.POSITIVE_INFINITY);
  }

  /**
   * Sets who is told how far a replay is: after each line, and on the thread that replays.
   *
   * @param listener gets the share of the file that was read, from 0 to 1
   * @return the changed copy
   */
  public Recording onProgress(DoubleConsumer listener) {
    return new Recording(
        path, selection, speed, clock, Objects.requireNonNull(listener, "listener"));
  }

  /** With the time of a test. */
  Recording at(ReplayClock other) {
    return new Recording(path, selection, speed, other, progress);
  }

  /**
   * The first message that is selected.
   *
   * @return the message; empty if there is none
   * @throws RecordingException if the file cannot be read
   */
  public Optional<RecordedMessage> first() {
    try (RecordedLines lines = RecordedLines.open(path)) {
      Selection.Run run = selection.begin();
      while (lines.next()) {
        Optional<RecordedMessage> message = lines.message().filter(run::includes);
        if (message.isPresent()) {
          return message;
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Hands the selected messages to a target, in their order and at their pace, and returns after
   * the last one. What the target throws ends the replay, but for {@link
   * MalformedMessageException}: such a message is counted, as a subscription goes on without it.
   *
   * @param target a handler of subscriptions, a {@code FakeNHub}, or a lambda
   * @param <E> what the target throws
   * @return what happened
   * @throws E if the target threw it
   * @throws InterruptedException if this thread is interrupted while it waits for the next message
   * @throws RecordingException if the file cannot be read
   */
  public <E extends Exception> ReplayReport replayInto(ReplayTarget<E> target)
      throws E, InterruptedException {
    Objects.requireNonNull(target, "target");
    Tally tally = new Tally();
    try (RecordedLines lines = RecordedLines.open(path)) {
      Selection.Run run = selection.begin();
      Pace pace = new Pace(speed, clock);
      while (lines.next()) {
        Optional<RecordedMessage> message = lines.message();
        if (message.isEmpty()) {
          tally.skip(lines);
        } else if (run.includes(message.get())) {
          pace.await(message.get().arrivedAt());
          tally.replay(message.get(), target);
        }
        progress.accept(lines.share());
      }
    }
    return tally.report();
  }

  /** Its file. */
  @Override
  public String toString() {
    return "Recording[" + path + "]";
  }

  private static final class Tally {
    private long replayed;
    private long undecodable;
    private long unreadable;
    private long cutBytes;

    void skip(RecordedLines lines) {
      if (lines.isWhole()) {
        unreadable++;
      } else {
        cutBytes = lines.length();
      }
    }

    <E extends Exception> void replay(RecordedMessage message, ReplayTarget<E> target) throws E {
      try {
        target.replay(message);
        replayed++;
      } catch (MalformedMessageException e) {
        undecodable++;
      }
    }

    ReplayReport report() {
      return new ReplayReport(replayed, undecodable, unreadable, cutBytes);
    }
  }
}
