package io.nnnco.nhub.stream.internal.recording;

import org.jspecify.annotations.Nullable;

/** Records the times when no message can come. Not thread-safe: its owner guards it. */
public final class Stall {
  private @Nullable StallEvent event;

  /** Why no message can come. */
  public enum Reason {
    /** The bridge waits for acknowledgements. */
    RECEIVE_MAXIMUM,
    /** The connection is not read, for want of room. */
    WINDOW,
    /** The connection is not read, since the application paused or closed the subscription. */
    PAUSE
  }

  /** No message can come from now on. */
  public void begin(Reason reason) {
    event = FlightRecording.stall(reason);
  }

  /** Messages can come again; or never could not. */
  public void end() {
    StallEvent ended = event;
    if (ended == null) {
      return;
    }
    event = null;
    try {
      if (ended.isKept()) {
        ended.commit();
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }
}
