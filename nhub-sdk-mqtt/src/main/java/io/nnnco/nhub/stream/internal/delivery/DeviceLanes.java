package io.nnnco.nhub.stream.internal.delivery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time per key, in the order they came, and in parallel across keys. A task may
 * finish later than it returns: the next one of its key waits for its {@code finished} call.
 *
 * <p>Workers are hired one at a time: each, when it has begun, hires the next if there is work
 * left. So a burst of cheap tasks wakes few threads, and one of slow tasks soon all it may.
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
  private boolean hiring;

  /** A piece of work that says when it is finished. */
  interface Task {
    /** Whose turn it takes. */
    String key();

    /**
     * Begins.
     *
     * @param finished to be run once, on any thread, when the next task of the key may begin
     */
    void run(Runnable finished);
  }

  /** The tasks of one key. */
  private static final class Lane {
    private final String key;
    private final Queue<Task> tasks = new ArrayDeque<>(4);
    private @Nullable Task next;

    Lane(String key) {
      this.key = key;
    }
  }

  /**
   * One task at work; run, it is the end of it. An object of its own, since another thread may end
   * the task, and a third begin the next of the lane, before the call that began it has returned.
   */
  private final class Turn implements Runnable {
    private final Lane lane;
    private final Thread runner = Thread.currentThread();
    private boolean returned;
    private boolean finished;

    Turn(Lane lane) {
      this.lane = lane;
    }

    /** Runs the task taken out, and says whether it has finished; if not, that comes later. */
    boolean runNext() {
      Task task = requireNonNull(lane.next);
      lane.next = null;
      task.run(this);
      returned = true;
      return finished;
    }

    /** Only the runner looks at what the runner has noted, so that needs no lock. */
    @Override
    public void run() {
      if (runner == Thread.currentThread() && !returned) {
        finished = true;
      } else {
        finishedLater(lane);
      }
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

  /** Queues tasks, each behind those of the same key. Never blocks. */
  void submit(List<? extends Task> tasks) {
    if (queue(tasks)) {
      hire();
    }
  }

  /**
   * Queues tasks as {@link #submit} does, and leaves the rest to the caller, who may hold a lock.
   *
   * @return whether {@link #hire()} is to be called next
   */
  boolean queue(List<? extends Task> tasks) {
    lock.lock();
    try {
      tasks.forEach(this::queue);
      return wantsWorker();
    } finally {
      lock.unlock();
    }
  }

  /** Has the executor begin what is queued. */
  void hire() {
    executor.execute(this::begin);
  }

  private void queue(Task task) {
    Lane lane = lanes.get(task.key());
    if (lane == null) {
      lane = new Lane(task.key());
      lanes.put(lane.key, lane);
      ready.add(lane);
    }
    lane.tasks.add(task);
  }

  private void begin() {
    Lane first;
    boolean hire;
    lock.lock();
    try {
      hiring = false;
      first = take();
      hire = wantsWorker();
    } finally {
      lock.unlock();
    }
    if (hire) {
      executor.execute(this::begin);
    }
    work(first);
  }

  private void work(@Nullable Lane first) {
    Lane lane = first;
    for (int left = TURN; lane != null; left--) {
      if (left == 0) {
        Lane kept = lane;
        executor.execute(() -> work(kept));
        return;
      }
      lane = nextAfter(new Turn(lane).runNext() ? lane : null);
    }
  }

  private @Nullable Lane nextAfter(@Nullable Lane finished) {
    lock.lock();
    try {
      if (finished != null) {
        putBack(finished);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private void finishedLater(Lane lane) {
    boolean hire;
    lock.lock();
    try {
      putBack(lane);
      hire = wantsWorker();
    } finally {
      lock.unlock();
    }
    if (hire) {
      executor.execute(this::begin);
    }
  }

  /** Under the lock. The lane whose turn it is, with its task taken out; null ends the worker. */
  private @Nullable Lane take() {
    Lane lane = ready.poll();
    if (lane == null) {
      workers--;
    } else {
      lane.next = lane.tasks.remove();
    }
    return lane;
  }

  /** Under the lock. */
  private void putBack(Lane lane) {
    if (lane.tasks.isEmpty()) {
      lanes.remove(lane.key);
    } else {
      ready.add(lane);
    }
  }

  /** Under the lock. Whether to hire a worker, who is counted already. */
  private boolean wantsWorker() {
    if (ready.isEmpty() || hiring || workers >= parallelism) {
      return false;
    }
    hiring = true;
    workers++;
    return true;
  }
}
