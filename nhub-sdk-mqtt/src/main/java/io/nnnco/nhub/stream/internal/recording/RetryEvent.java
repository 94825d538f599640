package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A handler call failed, and is to be made again. */
@Name("io.nnnco.nhub.Retry")
@Label("Retry")
@Category("N-Hub")
@Description("A handler call failed, and will be made again")
@StackTrace(false)
final class RetryEvent extends RecordedEvent {
  static final RetryEvent PROBE = new RetryEvent();

  @Label("Device")
  @Description("The device's id; of the first message, if it was a batch")
  @Nullable String device;

  @Label("Attempts")
  @Description("How often the handler was called so far")
  int attempts;

  @Label("Delay")
  @Description("The time to the next call; longer in an outage, which one message probes")
  @Timespan(Timespan.NANOSECONDS)
  long delay;

  @Label("Cause")
  @Description("The class of what the handler threw")
  @Nullable String cause;

  @Label("Error Code")
  @Description("The code of an error of the SDK's, such as a timeout; else null")
  @Nullable String errorCode;

  void record(String deviceId, int made, Duration until, Throwable failure) {
    device = ForeignText.shown(deviceId);
    attempts = made;
    delay = TimeUnit.NANOSECONDS.convert(until);
    cause = name(failure.getClass());
    errorCode = failure instanceof NHubException coded ? coded.code().id() : null;
    commit();
  }
}
