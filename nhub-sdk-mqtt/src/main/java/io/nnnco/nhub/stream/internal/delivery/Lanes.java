package io.nnnco.nhub.stream.internal.delivery;

import java.util.List;

/**
 * Where tasks wait for their turn.
 *
 * @param <T> a task
 */
interface Lanes<T> {
  /**
   * Queues tasks, each behind those of the same device, and leaves the rest to the caller, who may
   * hold a lock. Never blocks.
   *
   * @return whether {@link #hire()} is to be called next
   */
  boolean queue(List<T> tasks);

  /** Has the executor begin what is queued. */
  void hire();

  /** Whether a task could be begun, if only there were a worker, or more of them. */
  boolean isWaiting();

  /** From now on no task waits for more to come. */
  default void flush() {}

  /** Queues tasks, and has them begun. */
  default void submit(List<T> tasks) {
    if (queue(tasks)) {
      hire();
    }
  }
}
