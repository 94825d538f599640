package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.NHubException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener what happens, one thing at a time, then the end, once, and nothing after it,
 * whichever threads tell. Messages and reads pass by it without the lock: theirs is the exception
 * that {@link TransportListener} names.
 *
 * <p>Thread-safe; a listener may end the connection in the middle of a call.
 */
public final class GuardedListener {
  private static final Logger log = LoggerFactory.getLogger(GuardedListener.class);

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
   * Tells the end, unless it has been told before.
   *
   * @param failure why; null if it was asked for
   * @param cleanUp what to do then, even if the listener fails
   */
  public void end(@Nullable NHubException failure, Runnable cleanUp) {
    boolean first = false;
    lock.lock();
    try {
      first = !ended;
      ended = true;
      if (first) {
        listener.onClosed(failure);
      }
    } catch (RuntimeException | Error e) { // Whoever ends a connection has more to do.
      log.error("A connection has ended, and its listener failed", e);
    } finally {
      lock.unlock();
      if (first) {
        cleanUp.run();
      }
    }
  }
}
