package io.nnnco.nhub.benchmarks;

/**
 * One run of one receiver at one rate.
 *
 * @param processor microseconds per message
 * @param switches context switches per message
 * @param bytes allocated per message; not a number if the receiver does not tell
 * @param late how late the messages came
 */
record Sample(double processor, double switches, double bytes, Latencies late) {
  @Override
  public String toString() {
    return String.format(
        "%8.1f us, %6.2f switches, %,8.0f bytes; late by %,.0f, %,.0f, %,.0f, %,.0f, %,.0f us",
        processor, switches, bytes, late.p50(), late.p90(), late.p99(), late.p999(), late.most());
  }
}
