package io.nnnco.nhub.stream;

/**
 * What {@code close()} finished, and what it left behind.
 *
 * @param completed messages that were finished and acknowledged while closing
 * @param abandoned messages that were not finished by the deadline, or whose acknowledgement the
 *     bridge may not have read because the connection broke; with QoS 1, the bridge sends those of
 *     a durable session again. The number is exact for unfinished messages and after an orderly
 *     close; after a broken connection it is an upper bound, which includes everything acknowledged
 *     since the last response to a ping
 */
public record DrainReport(int completed, int abandoned) {
  /**
   * Whether everything was finished.
   *
   * @return true if nothing was abandoned
   */
  public boolean complete() {
    return abandoned == 0;
  }
}
