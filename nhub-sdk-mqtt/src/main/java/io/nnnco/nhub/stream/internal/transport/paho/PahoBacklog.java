package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.Gate;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were read and that Paho, which has a stand-in for each in a queue of its own,
 * has not handed over yet. Paho's queue is bounded in number only; so this keeps the reader waiting
 * where they come to too many bytes. One thread adds, another takes.
 */
final class PahoBacklog {
  /** Large messages wait in the window, not here; those of the usual size never come to it. */
  private static final int ENOUGH_BYTES = 512 * 1024;

  private final Queue<InboundMessage> messages = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Gate room = new Gate();
  private volatile boolean ended;

  /** Waits until there is room for one more message, whatever its size. */
  void awaitRoom() throws InterruptedIOException {
    room.awaitOpen();
  }

  void add(InboundMessage message) {
    messages.add(message);
    if (bytes.addAndGet(message.payload().length) > ENOUGH_BYTES) {
      room.set(false);
      if (ended || bytes.get() <= ENOUGH_BYTES) {
        room.set(true); // What opens it may have come in between.
      }
    }
  }

  @Nullable InboundMessage poll() {
    InboundMessage next = messages.poll();
    if (next != null && bytes.addAndGet(-next.payload().length) <= ENOUGH_BYTES && !room.isOpen()) {
      room.set(true);
    }
    return next;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Nothing is of interest any more, and nobody is kept waiting. */
  void end() {
    ended = true;
    room.set(true);
  }

  boolean isEnded() {
    return ended;
  }
}
