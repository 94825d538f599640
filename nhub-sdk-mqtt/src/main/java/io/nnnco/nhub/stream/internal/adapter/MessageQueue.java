package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages that wait to be taken, and the end of the subscription. Thread-safe. */
final class MessageQueue implements SelfPacedHandler {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Waiting> messages = new ArrayDeque<>();
  private @Nullable Waiting arriving;
  private boolean ended;
  private @Nullable NHubException failure;

  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) {
    Waiting waiting = Waiting.of(message, delivery);
    lock.lock();
    try {
      arriving = waiting;
    } finally {
      lock.unlock();
    }
    return waiting.handled();
  }

  /** Not to be taken before, or its acknowledgement might be late for a close that follows it. */
  @Override
  public void begun() {
    lock.lock();
    try {
      if (arriving != null) {
        messages.add(arriving);
        arriving = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, unless it has ended before. */
  @Override
  public void ended(@Nullable NHubException cause) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = cause;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a message.
   *
   * @return whether there is one; false when the time is up, or after the normal end
   * @throws NHubException the error that ended it
   */
  boolean await(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (messages.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (failure != null) {
        throw failure;
      }
      return !messages.isEmpty() && !ended;
    } finally {
      lock.unlock();
    }
  }

  /** The first message, after {@link #await} said that there is one. */
  Waiting remove() {
    lock.lock();
    try {
      return messages.remove();
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
