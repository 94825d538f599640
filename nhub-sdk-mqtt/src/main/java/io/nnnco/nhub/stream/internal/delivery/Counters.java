package io.nnnco.nhub.stream.internal.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What is counted on the way of a message. */
public final class Counters {
  final LongAdder received = new LongAdder();
  final LongAdder handled = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder redelivered = new LongAdder();
  final LongAdder failedAttempts = new LongAdder();
  final LongAdder undecodable = new LongAdder();
  final LongAdder handedOver = new LongAdder();
  final LongAdder skipped = new LongAdder();

  /** Messages read. */
  public long received() {
    return received.sum();
  }

  /** Messages whose handler succeeded. */
  public long handled() {
    return handled.sum();
  }

  /** Acknowledgements sent. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Messages known to have come before. */
  public long redelivered() {
    return redelivered.sum();
  }

  /** Handler calls that failed. */
  public long failedAttempts() {
    return failedAttempts.sum();
  }

  /** Messages that could not be decoded. */
  public long undecodable() {
    return undecodable.sum();
  }

  /** Messages that the failure handler took. */
  public long handedOver() {
    return handedOver.sum();
  }

  /** Messages acknowledged unhandled. */
  public long skipped() {
    return skipped.sum();
  }
}
