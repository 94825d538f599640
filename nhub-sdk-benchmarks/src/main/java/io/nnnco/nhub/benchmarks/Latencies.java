package io.nnnco.nhub.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * How late messages came to a handler, in microseconds from when they were due; not numbers where
 * nobody knows.
 *
 * @param p50 the median
 * @param p90 the 90th percentile
 * @param p99 the 99th
 * @param p999 the 99.9th
 * @param most the latest
 */
record Latencies(double p50, double p90, double p99, double p999, double most) {
  static final Latencies UNKNOWN =
      new Latencies(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  static Latencies of(Histogram histogram) {
    return histogram.getTotalCount() == 0
        ? UNKNOWN
        : new Latencies(
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
  }
}
