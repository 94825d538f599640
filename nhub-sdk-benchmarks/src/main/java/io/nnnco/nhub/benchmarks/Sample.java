package io.nnnco.nhub.benchmarks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One run of one receiver at one rate.
 *
 * @param processor microseconds per message
 * @param switches context switches per message
 * @param bytes allocated per message; not a number if the receiver does not tell
 * @param latencies in microseconds: p50, p90, p99, p99.9 and maximum; not numbers if the receiver
 *     does not tell, or decodes nothing
 */
record Sample(double processor, double switches, double bytes, double[] latencies) {
  private static final int LATENCIES = 5;

  static Sample of(
      int messages, long processorMicros, long switches, Measurement.@Nullable Result told) {
    double[] latencies = new double[LATENCIES];
    Arrays.fill(latencies, Double.NaN);
    if (told != null && told.messages() > 0) {
      Arrays.setAll(latencies, i -> told.latencies()[i]);
    }
    return new Sample(
        (double) processorMicros / messages,
        (double) switches / messages,
        told == null ? Double.NaN : (double) told.bytes() / messages,
        latencies);
  }

  @Override
  public String toString() {
    return String.format(
        "%7.1f us, %6.2f switches, %,8.0f bytes; late by %,.0f, %,.0f, %,.0f, %,.0f, %,.0f us",
        processor,
        switches,
        bytes,
        latencies[0],
        latencies[1],
        latencies[2],
        latencies[3],
        latencies[4]);
  }
}
