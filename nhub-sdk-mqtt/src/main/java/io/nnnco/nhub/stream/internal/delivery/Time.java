package io.nnnco.nhub.stream.internal.delivery;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Where the time comes from.
 *
 * @param wall the time of day, for what users see
 * @param nanos a clock that never jumps, for durations
 */
public record Time(InstantSource wall, LongSupplier nanos) {
  /** The time of this machine. */
  public static Time system() {
    return new Time(InstantSource.system(), System::nanoTime);
  }
}
