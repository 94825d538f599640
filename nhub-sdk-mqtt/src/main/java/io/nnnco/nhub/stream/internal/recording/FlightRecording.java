package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.core.internal.FlightRecorderModule;
import io.nnnco.nhub.identity.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Begins the events of JDK Flight Recorder, and records those of a moment. Where nothing is
 * recorded, a call costs a look and allocates nothing. Thread-safe.
 */
public final class FlightRecording {
  private FlightRecording() {}

  /** A handler is called now, on this thread; null if that is not recorded. */
  public static @Nullable HandlerCallEvent handlerCall() {
    try {
      return FlightRecorderModule.IS_PRESENT && HandlerCallEvent.PROBE.isEnabled()
          ? new HandlerCallEvent().begun()
          : null;
    } catch (Throwable t) { // It must not harm what it records.
      return null;
    }
  }

  /** A message arrives now that is to be acknowledged; null if that is not recorded. */
  public static @Nullable AcknowledgementEvent acknowledgement(String deviceId) {
    try {
      return FlightRecorderModule.IS_PRESENT && AcknowledgementEvent.PROBE.isEnabled()
          ? new AcknowledgementEvent().begun(deviceId)
          : null;
    } catch (Throwable t) { // It must not harm what it records.
      return null;
    }
  }

  static @Nullable StallEvent stall(Stall.Reason reason) {
    try {
      return FlightRecorderModule.IS_PRESENT && StallEvent.PROBE.isEnabled()
          ? new StallEvent().begun(reason)
          : null;
    } catch (Throwable t) { // It must not harm what it records.
      return null;
    }
  }

  /** A handler call failed, and is made again after the delay. */
  public static void retry(String deviceId, int attempts, Duration delay, Throwable cause) {
    try {
      if (FlightRecorderModule.IS_PRESENT && RetryEvent.PROBE.isEnabled()) {
        new RetryEvent().record(deviceId, attempts, delay, cause);
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }

  /** The bridge is about to be shown this certificate. */
  public static void certificate(ClientIdentity identity, Instant now) {
    try {
      if (FlightRecorderModule.IS_PRESENT && CertificateEvent.PROBE.isEnabled()) {
        new CertificateEvent().record(identity, now);
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }
}
