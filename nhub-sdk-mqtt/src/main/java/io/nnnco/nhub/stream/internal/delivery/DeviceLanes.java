package io.nnnco.nhub.stream.internal.delivery;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time per key, in the order they came, and in parallel across keys. A task may
 * finish later than it returns: the next one of its key waits for its {@code finished} call.
 *
 * <p>Thread-safe. The lock is never held while a task runs.
 */
final class DeviceLanes {
  /** After so many tasks a worker goes to the end of the executor's queue, for others' sake. */
  private static final int TURN = 64;

  private final Executor executor;
  private final int parallelism;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Queue<Lane> ready = new ArrayDeque<>();
  private int workers;

  /** A piece of work that says when it is finished. */
  @FunctionalInterface
  interface Task {
    /**
     * Begins.
     *
     * @param finished to be run once, on any thread, when the next task of the key may begin
     */
    void run(Runnable finished);
  }

  private static final class Lane {
    private final String key;
    private final Queue<Task> tasks = new ArrayDeque<>();

    Lane(String key) {
      this.key = key;
    }
  }

  /**
   * Lanes on an executor.
   *
   * @param executor runs the tasks
   * @param parallelism how many of its threads to use at most
   */
  DeviceLanes(Executor executor, int parallelism) {
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /** Queues a task behind those of the same key. Never blocks. */
  void submit(String key, Task task) {
    boolean hire = false;
    lock.lock();
    try {
      Lane lane = lanes.get(key);
      if (lane == null) {
        lane = new Lane(key);
        lanes.put(key, lane);
        hire = makeReady(lane);
      }
      lane.tasks.add(task);
    } finally {
      lock.unlock();
    }
    if (hire) {
      executor.execute(this::work);
    }
  }

  private void work() {
    for (int i = 0; i < TURN; i++) {
      Lane lane = nextReady();
      if (lane == null) {
        return;
      }
      Task task = firstOf(lane);
      task.run(() -> finished(lane));
    }
    executor.execute(this::work);
  }

  private @Nullable Lane nextReady() {
    lock.lock();
    try {
      Lane lane = ready.poll();
      if (lane == null) {
        workers--;
      }
      return lane;
    } finally {
      lock.unlock();
    }
  }

  private Task firstOf(Lane lane) {
    lock.lock();
    try {
      return lane.tasks.remove();
    } finally {
      lock.unlock();
    }
  }

  private void finished(Lane lane) {
    boolean hire = false;
    lock.lock();
    try {
      if (lane.tasks.isEmpty()) {
        lanes.remove(lane.key);
      } else {
        hire = makeReady(lane);
      }
    } finally {
      lock.unlock();
    }
    if (hire) {
      executor.execute(this::work);
    }
  }

  /** Under the lock. Whether a worker more is wanted, who is counted already. */
  private boolean makeReady(Lane lane) {
    ready.add(lane);
    if (workers < parallelism) {
      workers++;
      return true;
    }
    return false;
  }
}
