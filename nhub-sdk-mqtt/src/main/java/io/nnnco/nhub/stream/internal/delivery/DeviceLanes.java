package io.nnnco.nhub.stream.internal.delivery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time per key, in the order they came, and in parallel across keys. A task may
 * finish later than it returns: the next one of its key waits for its {@code finished} call.
 *
 * <p>Workers are hired one at a time: each, when it has begun, hires the next if there is work
 * left. So a burst of cheap tasks wakes few threads, and one of slow tasks soon all it may.
 *
 * <p>Thread-safe. The lock is never held while a task runs.
 *
 * @param <T> a task
 */
final class DeviceLanes<T> implements Lanes<T> {
  /** At most so many lanes without tasks are kept, for the next keys. */
  private static final int SPARE = 16;

  /** After so many tasks a worker goes to the end of the executor's queue, for others' sake. */
  private static final int TURN = 64;

  private final Executor executor;
  private final int parallelism;
  private final Function<T, String> key;
  private final Starter<T> starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane<T>> lanes = new HashMap<>();
  private final Queue<Lane<T>> ready = new ArrayDeque<>();
  private final Deque<Lane<T>> spare = new ArrayDeque<>();
  private int workers;
  private boolean hiring;

  /**
   * Begins a task, and says when it is finished.
   *
   * @param <T> a task
   */
  @FunctionalInterface
  interface Starter<T> {
    /**
     * Begins.
     *
     * @param finished to be run once, on any thread, when the next task of the key may begin
     */
    void begin(T task, Runnable finished);
  }

  /** The tasks of one key. */
  private static final class Lane<T> {
    private final Queue<T> tasks = new ArrayDeque<>(4);
    private String key = "";
    private @Nullable T next;
  }

  /**
   * One task at work; run, it is the end of it. An object of its own, since another thread may end
   * the task, and a third begin the next of the lane, before the call that began it has returned.
   */
  private final class Turn implements Runnable {
    private final Lane<T> lane;
    private final Thread runner = Thread.currentThread();
    private boolean returned;
    private boolean finished;

    Turn(Lane<T> lane) {
      this.lane = lane;
    }

    /** Runs the task taken out, and says whether it has finished; if not, that comes later. */
    boolean runNext() {
      T task = requireNonNull(lane.next);
      lane.next = null;
      starter.begin(task, this);
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
   * @param key tells whose turn a task takes
   * @param starter begins a task on a thread of the executor
   */
  DeviceLanes(Executor executor, int parallelism, Function<T, String> key, Starter<T> starter) {
    this.executor = executor;
    this.parallelism = parallelism;
    this.key = key;
    this.starter = starter;
  }

  @Override
  public boolean queue(List<T> tasks) {
    lock.lock();
    try {
      tasks.forEach(this::queue);
      return wantsWorker();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void hire() {
    executor.execute(this::begin);
  }

  @Override
  public boolean isWaiting() {
    lock.lock();
    try {
      return !ready.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void queue(T task) {
    String owner = key.apply(task);
    Lane<T> lane = lanes.get(owner);
    if (lane == null) {
      lane = spare.isEmpty() ? new Lane<>() : spare.pop();
      lane.key = owner;
      lanes.put(owner, lane);
      ready.add(lane);
    }
    lane.tasks.add(task);
  }

  private void begin() {
    Lane<T> first;
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

  private void work(@Nullable Lane<T> first) {
    Lane<T> lane = first;
    for (int left = TURN; lane != null; left--) {
      if (left == 0) {
        Lane<T> kept = lane;
        executor.execute(() -> work(kept));
        return;
      }
      lane = nextAfter(new Turn(lane).runNext() ? lane : null);
    }
  }

  private @Nullable Lane<T> nextAfter(@Nullable Lane<T> finished) {
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

  private void finishedLater(Lane<T> lane) {
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
  private @Nullable Lane<T> take() {
    Lane<T> lane = ready.poll();
    if (lane == null) {
      workers--;
    } else {
      lane.next = lane.tasks.remove();
    }
    return lane;
  }

  /** Under the lock. */
  private void putBack(Lane<T> lane) {
    if (lane.tasks.isEmpty()) {
      lanes.remove(lane.key);
      if (spare.size() < SPARE) {
        spare.push(lane);
      }
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
