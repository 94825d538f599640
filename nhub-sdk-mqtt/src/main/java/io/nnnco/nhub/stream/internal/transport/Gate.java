package io.nnnco.nhub.stream.internal.transport;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one reader through while it is open; passing an open gate costs one volatile read. */
public final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private volatile boolean open = true;

  /** Whether a reader passes. */
  public boolean isOpen() {
    return open;
  }

  /** Opens or closes it. */
  public void set(boolean open) {
    lock.lock();
    try {
      this.open = open;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is open. */
  public void awaitOpen() throws InterruptedIOException {
    if (open) {
      return;
    }
    lock.lock();
    try {
      while (!open) {
        opened.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while reading was paused");
    } finally {
      lock.unlock();
    }
  }
}
