package io.nnnco.nhub.stream;

/**
 * What {@code close()} left behind.
 *
 * @param completed how many messages were finished and acknowledged while closing
 * @param abandoned how many were not finished by the deadline, or whose acknowledgement the bridge
 *     may not have read, since the connection broke; with QoS 1 the bridge sends those of a durable
 *     session again. Exact for what is not finished and after an orderly end; after a broken
 *     connection an upper bound, which counts what was acknowledged since the last ping was
 *     answered
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
