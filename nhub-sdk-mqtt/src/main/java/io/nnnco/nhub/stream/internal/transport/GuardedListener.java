package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.NHubException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what happens, one thing at a time, then the end, once, and nothing after it,
 * whichever threads tell. Messages and reads pass by it without the lock: theirs is the exception
 * that {@link TransportListener} names.
 *
 * <p>Thread-safe; a listener may end the connection in the middle of a call.
 */
public final class GuardedListener {
  private final TransportListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean ended;

  /** Tells this one. */
  public GuardedListener(TransportListener listener) {
    this.listener = listener;
  }

  /** Whether the listener has been told of the end, or is being told. */
  public boolean hasEnded() {
    return ended;
  }

  /** Makes one call of the listener's; none after the end. */
  public void tell(Consumer<TransportListener> call) {
    lock.lock();
    try {
      if (!ended) {
        call.accept(listener);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Bytes arrived. */
  public void read() {
    if (!ended) {
      listener.onRead();
    }
  }

  /**
   * Tells the end.
   *
   * @param failure why; null if it was asked for
   * @return false if it has been told before
   */
  public boolean end(@Nullable NHubException failure) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      ended = true;
      listener.onClosed(failure);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
