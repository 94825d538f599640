package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for a poll. The windows of the subscriptions bound it: a message leaves its
 * window only after {@code commitRecord}. Thread-safe.
 */
final class RecordQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<NHubSourceRecord> waiting = new ArrayList<>();
  private boolean ended;
  private @Nullable ConnectException failure;

  /** Adds records in their order; after the end it takes none, and the bridge sends them again. */
  void add(List<NHubSourceRecord> records) {
    lock.lock();
    try {
      if (!ended) {
        waiting.addAll(records);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for records.
   *
   * @return all that wait; empty when the time is up, or after the end
   * @throws ConnectException what ended it
   */
  List<NHubSourceRecord> take(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (failure != null) {
        throw failure;
      }
      List<NHubSourceRecord> taken = waiting;
      waiting = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** How many records wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, with an error or without, and discards what waits. Later calls change nothing. */
  void end(@Nullable ConnectException cause) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      failure = cause;
      waiting = new ArrayList<>();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
