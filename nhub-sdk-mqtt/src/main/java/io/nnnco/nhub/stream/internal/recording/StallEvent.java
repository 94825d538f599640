package io.nnnco.nhub.stream.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** No message could come. */
@Name("io.nnnco.nhub.Stall")
@Label("Stall")
@Category("N-Hub")
@Description("No message could come, until one was handled or the subscription resumed")
@Threshold("100 ms")
@StackTrace(false)
final class StallEvent extends RecordedEvent {
  static final StallEvent PROBE = new StallEvent();

  @Label("Reason")
  @Description(
      "RECEIVE_MAXIMUM: the bridge waits for acknowledgements; WINDOW: the connection is not read,"
          + " for want of room; PAUSE: the application paused or closed the subscription")
  @Nullable String reason;

  StallEvent begun(Stall.Reason why) {
    reason = why.name();
    begin();
    return this;
  }
}
