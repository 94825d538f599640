package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.FailurePolicy;
import java.time.Duration;

/**
 * The failures of one message, and what they prove. A failure counts when something else succeeded
 * between it and the next one of the message. One in an outage proves less: a message may fail in
 * two of them by chance.
 *
 * <p>Guarded by the lock of {@link Retries}.
 */
final class Failures {
  /** What fails in so many outages, and in no time between them, has itself to blame. */
  private static final int OUTAGES = 3;

  private final long firstAt;
  private final long firstRow;
  private long row;
  private boolean inOutage;
  private int total;
  private int sinceOutage;
  private int alone;
  private int inOutages;
  private Throwable cause;

  /**
   * Begins with the first failure.
   *
   * @param row which row of failures without a success it belongs to
   * @param now the present moment, as {@link System#nanoTime()}
   */
  Failures(long row, long now, Throwable cause) {
    this.row = row;
    this.firstRow = row;
    this.firstAt = now;
    this.cause = cause;
    this.total = 1;
    this.sinceOutage = 1;
  }

  /** One more failure. */
  void add(long nextRow, Throwable nextCause) {
    total++;
    sinceOutage++;
    cause = nextCause;
    if (row != nextRow) {
      if (inOutage) {
        inOutages++;
      } else {
        alone++;
      }
      row = nextRow;
      inOutage = false;
    }
  }

  /** The last failure turned out to be part of an outage. */
  void belongToOutage(long outageRow) {
    inOutage |= row == outageRow;
    sinceOutage = 0;
  }

  /** What the handler threw last. */
  Throwable cause() {
    return cause;
  }

  /** How many there are. */
  int total() {
    return total;
  }

  /** How many failures set the delay before the next attempt. */
  int sinceOutage() {
    return sinceOutage;
  }

  /** Whether others have succeeded so often meanwhile that the message itself is at fault. */
  boolean areOfTheMessage(FailurePolicy policy, long now) {
    int retries = Math.max(1, policy.retries());
    return alone >= retries
        || alone + inOutages >= Math.max(OUTAGES, retries)
        || ((alone >= 1 || inOutages >= OUTAGES) && isPast(policy.retryTime(), now));
  }

  /** The same, asked when the next attempt is due, and without having made it. */
  boolean areOfTheMessageWithoutRetry(FailurePolicy policy, long presentRow) {
    return policy.retries() == 0 && row != presentRow && !inOutage;
  }

  /** Whether the message was tried as often as the policy says, whatever happened to others. */
  boolean areEnough(FailurePolicy policy, long now) {
    return total > policy.retries() || isPast(policy.retryTime(), now);
  }

  /** Whether the first of them was in an earlier row. */
  boolean beganBefore(long presentRow) {
    return firstRow < presentRow;
  }

  /** Whether others succeeded after one of them, and it was part of no outage. */
  boolean wereAlone() {
    return alone > 0;
  }

  /** Whether the first of them is that long ago. */
  boolean isPast(Duration time, long now) {
    return Duration.ofNanos(now - firstAt).compareTo(time) >= 0;
  }
}
