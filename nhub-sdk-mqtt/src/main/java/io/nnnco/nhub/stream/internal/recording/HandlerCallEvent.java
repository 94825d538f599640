package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A handler was called, from its call to its end, which may be on another thread. */
@Name("io.nnnco.nhub.HandlerCall")
@Label("Handler Call")
@Category("N-Hub")
@Description("A call of the handler, until it returned, its stage completed, or its deadline")
@Threshold("20 ms")
@StackTrace(false)
public final class HandlerCallEvent extends RecordedEvent {
  static final HandlerCallEvent PROBE = new HandlerCallEvent();

  @Label("Device")
  @Description("The device's id; null for a batch of several messages")
  @Nullable String device;

  @Label("Kind")
  @Description("The kind of the message, or that which matters most in a batch")
  @Nullable String kind;

  @Label("Messages")
  @Description("For how many messages the handler was called; 1 without batches")
  int messages;

  @Label("Attempt")
  @Description("1 for the first call")
  int attempt;

  @Label("Outcome")
  @Description("SUCCESS, FAILURE or TIMEOUT")
  @Nullable String outcome;

  @Label("Handler Thread")
  @Description("The thread that called the handler")
  @Nullable String handlerThread;

  /** The handler is called now, on this thread. */
  HandlerCallEvent begun() {
    handlerThread = Thread.currentThread().getName();
    begin();
    return this;
  }

  /** The call has ended: whether it is to be recorded, by {@link #record}. */
  public boolean hasEnded() {
    try {
      return isKept();
    } catch (Throwable t) { // It must not harm what it records.
      return false;
    }
  }

  /** Records it, once it has ended. */
  public void record(HandlerOutcome how, int number, int size, String deviceId, Class<?> type) {
    try {
      outcome = how.name();
      attempt = number;
      messages = size;
      device = size == 1 ? ForeignText.shown(deviceId) : null;
      kind = type.getSimpleName();
      commit();
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }
}
