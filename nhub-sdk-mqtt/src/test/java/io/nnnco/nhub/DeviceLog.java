package io.nnnco.nhub;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the messages of a durable session to what is promised: none is lost; those of a device are
 * handled in the order in which they arrived; the session is always there again; and never more
 * than a window is unfinished. Its handler can be held up.
 */
final class DeviceLog implements MessageHandler, SubscriptionListener, AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = 200_000;

  private final Map<String, BitSet> numbers = new ConcurrentHashMap<>();
  private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();
  private final Queue<String> outOfOrder = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicInteger mostUnfinished = new AtomicInteger();
  private final Semaphore calls = new Semaphore(Integer.MAX_VALUE);
  private volatile boolean closed;

  /** From now on no call comes back, until {@link #release}. */
  void hold() {
    calls.drainPermits();
  }

  /** Lets so many calls come back. */
  void release(int messages) {
    calls.release(messages);
  }

  /** Lets every call come back. */
  void release() {
    calls.drainPermits();
    calls.release(Integer.MAX_VALUE);
  }

  /** Looks all the time at how many are unfinished. */
  void watch(Subscription subscription) {
    Thread thread =
        new Thread(
            () -> {
              while (!closed) {
                mostUnfinished.accumulateAndGet(subscription.stats().inFlight(), Math::max);
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
              }
            },
            "test-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void handle(DeviceMessage message, Delivery delivery) throws InterruptedException {
    calls.acquire();
    int number = (int) message.timestamp().toEpochMilli();
    BitSet seen = numbers.computeIfAbsent(message.deviceId(), device -> new BitSet());
    synchronized (seen) {
      note(message, number, seen, delivery);
    }
  }

  private void note(DeviceMessage message, int number, BitSet seen, Delivery delivery) {
    if (seen.get(number)) {
      copies.incrementAndGet();
      return;
    }
    if (seen.nextClearBit(1) != number) {
      outOfOrder.add(message.deviceId() + ": " + number + " before " + seen.nextClearBit(1));
    }
    Instant latest = arrivals.merge(message.deviceId(), delivery.arrivedAt(), DeviceLog::later);
    if (delivery.arrivedAt().isBefore(latest)) {
      violations.add(message.deviceId() + ": " + number + " was overtaken in this SDK");
    }
    seen.set(number);
    handled.incrementAndGet();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Connecting) {
      attempts.incrementAndGet();
    }
    if (event instanceof SubscriptionEvent.Subscribed now
        && subscribed.getAndIncrement() > 0
        && !now.sessionPresent()) {
      violations.add("connection " + subscribed + " found no session");
    }
  }

  /** Whether this number was handled for so many devices. */
  boolean sawOfEach(int number, int devices) {
    int count = 0;
    for (BitSet seen : numbers.values()) {
      synchronized (seen) {
        count += seen.get(number) ? 1 : 0;
      }
    }
    return count == devices;
  }

  /** Different messages, each handled at least once. */
  int handled() {
    return handled.get();
  }

  /** Calls of the handler for a message that had been handled. */
  int copies() {
    return copies.get();
  }

  /** How often a connection was begun. */
  int attempts() {
    return attempts.get();
  }

  int mostUnfinished() {
    return mostUnfinished.get();
  }

  /** Messages that the server sent before an earlier one of their device. */
  Queue<String> outOfOrder() {
    return outOfOrder;
  }

  Queue<String> violations() {
    return violations;
  }

  @Override
  public void close() {
    closed = true;
    release();
  }
}
