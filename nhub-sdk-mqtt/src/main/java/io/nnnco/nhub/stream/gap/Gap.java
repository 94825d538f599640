package io.nnnco.nhub.stream.gap;

import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which messages of a device are missing. Times are by this machine's clock: the device's
 * {@code timestamp_ms}, plus what its clock is usually behind. Immutable.
 *
 * @param deviceId the device
 * @param from when the last message before the gap was sent; together with the device, what names a
 *     gap
 * @param to when the first message after the gap was sent; null while the device is silent
 * @param missing how many messages are missing, by the cadence; of a gap without an end, by now
 * @param cadence how often the device sends, as learned
 * @param cause the most likely reason
 */
public record Gap(
    String deviceId,
    Instant from,
    @Nullable Instant to,
    long missing,
    Duration cadence,
    GapCause cause) {
  /** Without characters of the device id that could falsify a log. */
  @Override
  public String toString() {
    return "Gap[deviceId="
        + ForeignText.shown(deviceId)
        + ", from="
        + from
        + ", to="
        + to
        + ", missing="
        + missing
        + ", cadence="
        + cadence
        + ", cause="
        + cause
        + "]";
  }
}
