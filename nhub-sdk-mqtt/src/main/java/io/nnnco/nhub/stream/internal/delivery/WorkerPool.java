package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.internal.OwnThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of daemon threads that end when they have been idle. The thread that became idle
 * last works first: where messages come one by one, they meet the same thread, whose stack is still
 * in the cache, and the others end.
 *
 * <p>Thread-safe. Tasks begin in no particular order across threads.
 */
public final class WorkerPool implements Executor, AutoCloseable {
  private static final Duration IDLE_TIME = Duration.ofSeconds(10);

  private final String name;
  private final int size;
  private final long idleNanos;
  private final @Nullable ClassLoader classLoader;
  private final Consumer<Thread> starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Queue<Runnable> backlog = new ArrayDeque<>();
  private int threads;
  private int started;
  private volatile boolean closed;

  /**
   * A pool without a thread. Those that it starts have the context class loader of the calling one.
   *
   * @param name what the names of its threads begin with
   * @param size how many threads at most
   * @param idleTime after how long without a task a thread ends
   */
  WorkerPool(String name, int size, Duration idleTime) {
    this(name, size, idleTime, Thread.currentThread().getContextClassLoader(), Thread::start);
  }

  /**
   * The same.
   *
   * @param classLoader the context class loader of its threads
   * @param starter starts a thread
   */
  WorkerPool(
      String name,
      int size,
      Duration idleTime,
      @Nullable ClassLoader classLoader,
      Consumer<Thread> starter) {
    this.classLoader = classLoader;
    this.starter = starter;
    this.name = name;
    this.size = size;
    this.idleNanos = idleTime.toNanos();
  }

  /**
   * A pool whose threads end when they have been idle for ten seconds.
   *
   * @param name what the names of its threads begin with
   * @param size how many threads at most
   */
  static WorkerPool of(String name, int size) {
    return new WorkerPool(name, size, IDLE_TIME);
  }

  /**
   * The threads of a client that send; each may be stuck with its connection. A ping wakes one in
   * an idle client, so they end soon.
   */
  public static WorkerPool ofWriters() {
    return new WorkerPool(
        "nhub-writer-",
        Integer.MAX_VALUE,
        Duration.ofSeconds(1),
        OwnThreads.classLoader(),
        Thread::start);
  }

  /** Throws what the start of a thread throws; the task is not run then. */
  @Override
  public void execute(Runnable task) {
    Worker woken;
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("The client is closed");
      }
      woken = idle.pollLast();
      if (woken != null) {
        woken.task = task;
      } else if (threads < size) {
        // Under the lock: nobody may leave a task to a thread that then cannot be started.
        starter.accept(new Worker(task, started + 1));
        started++;
        threads++;
      } else {
        backlog.add(task);
      }
    } finally {
      lock.unlock();
    }
    if (woken != null) {
      LockSupport.unpark(woken);
    }
  }

  /** Takes no more tasks; those that wait are run. */
  @Override
  public void close() {
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
      super(null, null, name + number, 0, false);
      setDaemon(true);
      setContextClassLoader(classLoader);
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

    private void left() {
      lock.lock();
      try {
        threads--;
      } finally {
        lock.unlock();
      }
    }

    /** The thread is needed for those that wait, whatever is thrown. */
    private void runSafely(Runnable next) {
      try {
        next.run();
      } catch (Throwable t) {
        tell(t);
      }
    }

    private void tell(Throwable failure) {
      try {
        getUncaughtExceptionHandler().uncaughtException(this, failure);
      } catch (Throwable ofTheHandler) {
        // Ignored, as the JVM does.
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
        // Between this look and the park nothing else may park: it would use up the wake-up.
        if (task == null) {
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
