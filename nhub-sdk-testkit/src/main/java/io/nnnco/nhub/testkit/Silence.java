package io.nnnco.nhub.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period in which a simulated device sends nothing, because it is off or its battery is empty.
 * Immutable. See {@link DeviceSimulatorBuilder#silences}.
 *
 * @param deviceId the device
 * @param from when it begins
 * @param until when the device is on again, and joins before its next uplink; null if never
 */
public record Silence(String deviceId, Instant from, @Nullable Instant until) {}
