package io.nnnco.nhub.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How messages are collected into batches. A batch is handed over when it is full, or when its
 * oldest message has waited long enough, or when the window is full, so that nothing more can come.
 *
 * @param size the most messages of a batch, 1 or more; the window of the subscription must hold
 *     {@code size} times {@code parallelism} messages, and should hold twice as many
 * @param delay the longest that a message waits for its batch to fill while a handler is free
 * @param parallelism how many batches may be handled at the same time, 1 or more; no two of them
 *     have messages of one device
 */
public record BatchOptions(int size, Duration delay, int parallelism) {
  /**
   * Checks the values.
   *
   * @param size the most messages of a batch
   * @param delay the longest that a message waits for its batch to fill
   * @param parallelism how many batches may be handled at the same time
   * @throws IllegalArgumentException if a number is less than 1, or the delay is negative
   */
  public BatchOptions {
    Objects.requireNonNull(delay, "delay");
    if (size < 1 || parallelism < 1 || delay.isNegative()) {
      throw new IllegalArgumentException(
          "Size and parallelism must be 1 or more, and the delay must not be negative.");
    }
  }

  /**
   * One batch at a time.
   *
   * @param size the most messages of a batch, 1 or more
   * @param delay the longest that a message waits for its batch to fill
   * @return the options
   * @throws IllegalArgumentException if the size is less than 1, or the delay is negative
   */
  public static BatchOptions of(int size, Duration delay) {
    return new BatchOptions(size, delay, 1);
  }

  /**
   * Several batches at the same time, over disjoint devices.
   *
   * @param batches how many, 1 or more
   * @return other options
   * @throws IllegalArgumentException if the number is less than 1
   */
  public BatchOptions parallel(int batches) {
    return new BatchOptions(size, delay, batches);
  }
}
