package io.nnnco.nhub.stream.gap;

import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gap ledger knows of one device; a snapshot.
 *
 * @param deviceId the device
 * @param cadence how often it sends; null if that is not known yet, or if it keeps to no cadence
 * @param lastSent when its latest message was sent, by this machine's clock
 * @param lastHeard when a message of it arrived last
 * @param uplinks uplinks received, without duplicates
 * @param duplicates uplinks that came again
 * @param late uplinks that came late
 * @param missing messages missing in gaps that have an end
 * @param gaps the latest gaps, at most six, the oldest first; the last one has no end if the device
 *     is silent
 */
public record DeviceGaps(
    String deviceId,
    @Nullable Duration cadence,
    Instant lastSent,
    Instant lastHeard,
    long uplinks,
    long duplicates,
    long late,
    long missing,
    List<Gap> gaps) {
  /**
   * Keeps a copy of the list.
   *
   * @param deviceId the device
   * @param cadence how often it sends, or null
   * @param lastSent when its latest message was sent
   * @param lastHeard when a message of it arrived last
   * @param uplinks uplinks without duplicates
   * @param duplicates uplinks that came again
   * @param late uplinks that came late
   * @param missing messages missing
   * @param gaps the latest gaps
   */
  public DeviceGaps {
    gaps = List.copyOf(gaps);
  }

  /** Without characters of the device id that could falsify a log. */
  @Override
  public String toString() {
    return "DeviceGaps[deviceId="
        + ForeignText.shown(deviceId)
        + ", cadence="
        + cadence
        + ", missing="
        + missing
        + "]";
  }
}
