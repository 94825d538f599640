package io.nnnco.nhub.stream.internal.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of daemon threads that end when they have been idle. The thread that became idle
 * last works first: where messages come one by one, they meet the same thread, whose stack is still
 * in the cache, and the others end.
 *
 * <p>Thread-safe. Tasks begin in no particular order across threads.
 */
final class WorkerPool implements Executor {
  private final int size;
  private final long idleNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Queue<Runnable> backlog = new ArrayDeque<>();
  private int threads;
  private int started;
  private volatile boolean closed;

  /**
   * A pool without a thread.
   *
   * @param size how many threads at most
   * @param idleTime after how long without a task a thread ends
   */
  WorkerPool(int size, Duration idleTime) {
    this.size = size;
    this.idleNanos = idleTime.toNanos();
  }

  @Override
  public void execute(Runnable task) {
    Worker woken;
    int number;
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("The client is closed");
      }
      woken = idle.pollLast();
      if (woken == null && threads == size) {
        backlog.add(task);
        return;
      }
      if (woken == null) {
        threads++;
        started++;
      } else {
        woken.task = task;
      }
      number = started;
    } finally {
      lock.unlock();
    }
    if (woken == null) {
      start(task, number);
    } else {
      LockSupport.unpark(woken);
    }
  }

  private void start(Runnable task, int number) {
    boolean running = false;
    try {
      new Worker(task, number).start();
      running = true;
    } finally {
      if (!running) {
        left();
      }
    }
  }

  private void left() {
    lock.lock();
    try {
      threads--;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more tasks; those that wait are run. */
  void close() {
    lock.lock();
    try {
      closed = true;
      idle.forEach(LockSupport::unpark);
    } finally {
      lock.unlock();
    }
  }

  private final class Worker extends Thread {
    private volatile @Nullable Runnable task;

    Worker(Runnable first, int number) {
      super("nhub-worker-" + number);
      setDaemon(true);
      task = first;
    }

    @Override
    public void run() {
      try {
        for (Runnable next = task; next != null; next = next()) {
          task = null;
          runSafely(next);
        }
      } finally {
        left();
      }
    }

    private void runSafely(Runnable next) {
      try {
        next.run();
      } catch (Throwable t) { // The thread is needed for those that wait.
        getUncaughtExceptionHandler().uncaughtException(this, t);
      }
    }

    /** The next task; null if there is none for so long that the thread may end. */
    private @Nullable Runnable next() {
      if (!becomesIdle()) {
        return task;
      }
      long end = System.nanoTime() + idleNanos;
      while (task == null && !(isToEnd(end) && leaves())) {
        Thread.interrupted(); // Else it would not wait.
        if (task == null) { // From here to the park nothing else may park: it would take the wake-up.
          LockSupport.parkNanos(WorkerPool.this, end - System.nanoTime());
        }
      }
      return task;
    }

    private boolean isToEnd(long end) {
      return closed || System.nanoTime() - end >= 0;
    }

    private boolean becomesIdle() {
      lock.lock();
      try {
        task = backlog.poll();
        if (task != null || closed) {
          return false;
        }
        idle.addLast(this);
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Whether it gets no task any more; if not, it has one. */
    private boolean leaves() {
      lock.lock();
      try {
        return idle.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
