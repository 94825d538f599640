package io.nnnco.nhub.recording;

/**
 * What {@link Recording#replayInto} did.
 *
 * @param replayed messages that the target took
 * @param undecodable messages that the target could not decode (NHUB-MSG-001): no handler is called
 *     for these by a subscription either
 * @param unreadable lines within the file that are damaged, and were skipped
 * @param cutBytes bytes after the last whole line, left by a program that was killed while it
 *     wrote; 0 if the file ends with a whole line
 */
public record ReplayReport(long replayed, long undecodable, long unreadable, long cutBytes) {
  /**
   * Whether the target took everything that was selected.
   *
   * @return true if nothing was undecodable, unreadable or cut
   */
  public boolean complete() {
    return undecodable == 0 && unreadable == 0 && cutBytes == 0;
  }
}
