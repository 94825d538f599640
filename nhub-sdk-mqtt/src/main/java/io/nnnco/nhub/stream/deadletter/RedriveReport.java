package io.nnnco.nhub.stream.deadletter;

/**
 * What {@link DeadLetterFile#redrive} did.
 *
 * @param succeeded messages that were handled now; they are no longer in the file
 * @param failed messages that failed again, or could still not be decoded; they stay in the file
 * @param unreadable lines that are not of a dead-letter file; they stay in the file
 * @param untried messages that were not tried because the thread was interrupted; they stay
 */
public record RedriveReport(int succeeded, int failed, int unreadable, int untried) {
  /**
   * Whether everything was handled.
   *
   * @return true if nothing of what was in the file stayed there
   */
  public boolean complete() {
    return failed == 0 && unreadable == 0 && untried == 0;
  }
}
