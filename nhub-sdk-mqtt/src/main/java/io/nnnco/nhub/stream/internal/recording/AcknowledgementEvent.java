package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.core.internal.ForeignText;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A message was acknowledged, from its arrival on. */
@Name("io.nnnco.nhub.Acknowledgement")
@Label("Acknowledgement")
@Category("N-Hub")
@Description("A message of QoS 1, from its first arrival to its PUBACK")
@Threshold("100 ms")
@StackTrace(false)
public final class AcknowledgementEvent extends RecordedEvent {
  static final AcknowledgementEvent PROBE = new AcknowledgementEvent();

  @Label("Device")
  @Nullable String device;

  /** The message of this device arrives now. */
  AcknowledgementEvent begun(String deviceId) {
    device = deviceId;
    begin();
    return this;
  }

  /** The PUBACK was sent. */
  public void sent() {
    try {
      if (isKept()) {
        device = ForeignText.shown(device);
        commit();
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }
}
