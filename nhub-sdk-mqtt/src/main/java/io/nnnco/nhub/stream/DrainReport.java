package io.nnnco.nhub.stream;

/**
 * What {@code close()} left behind.
 *
 * @param completed how many messages were finished and acknowledged while closing
 * @param abandoned how many were not finished by the deadline, or could not be acknowledged; with
 *     QoS 1 the bridge sends those of a durable session again
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
