package io.nnnco.nhub.stream.gap;

import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the books of what devices send, and what of it did not arrive: learns how often each device
 * sends, and finds gaps, duplicates and late messages. Gaps are also reported as events: {@code
 * GapOpened}, {@code GapClosed} and {@code GapCorrected}.
 *
 * <p>Thread-safe; every method may be called from a handler.
 *
 * @see SubscribeOptionsBuilder#gaps
 */
public interface GapLedger {
  /**
   * What it has counted.
   *
   * @return a snapshot; looks at every device
   */
  GapStats stats();

  /**
   * What it knows of a device.
   *
   * @param deviceId the device
   * @return a snapshot; empty if the device is not followed
   */
  Optional<DeviceGaps> device(String deviceId);

  /**
   * The devices that are silent at this moment.
   *
   * @return their gaps, without an end, the oldest first; looks at every device
   */
  List<Gap> silent();
}
