package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.BatchOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects messages into batches. A device whose messages are in a batch is taken until it is
 * released; so no two batches have messages of one device, and each has them in their order.
 *
 * <p>Thread-safe. The lock is never held while a batch is handled.
 */
final class BatchLanes implements Lanes<ReceivedMessage> {
  private final BatchOptions options;
  private final long delay;
  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanos;
  private final BooleanSupplier windowIsFull;
  private final Starter starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Queue<Runnable> single = new ArrayDeque<>();
  private final Queue<Lane> ready = new PriorityQueue<>(BatchLanes::byAge);
  private long readied;
  private int available;
  private int running;
  private boolean flushing;
  private boolean timed;
  private long timedFor;

  /** Begins batches. */
  @FunctionalInterface
  interface Starter {
    /**
     * Begins a batch.
     *
     * @param from to be told when it is {@link #finished}
     */
    void begin(List<ReceivedMessage> batch, BatchLanes from);
  }

  /** The messages of one device that are in no batch. */
  private static final class Lane {
    private final Deque<ReceivedMessage> messages = new ArrayDeque<>(4);
    private boolean taken;
    private long place;

    private long age(long now) {
      return now - messages.element().queuedAt();
    }
  }

  /**
   * No messages yet.
   *
   * @param executor begins batches
   * @param windowIsFull whether no more messages can come
   * @param starter begins a batch
   */
  BatchLanes(
      BatchOptions options,
      Executor executor,
      ScheduledExecutorService timer,
      LongSupplier nanos,
      BooleanSupplier windowIsFull,
      Starter starter) {
    this.options = options;
    this.delay = TimeUnit.NANOSECONDS.convert(options.delay());
    this.executor = executor;
    this.timer = timer;
    this.nanos = nanos;
    this.windowIsFull = windowIsFull;
    this.starter = starter;
  }

  private static int byAge(Lane one, Lane other) {
    long younger = one.messages.element().queuedAt() - other.messages.element().queuedAt();
    return Long.signum(younger == 0 ? one.place - other.place : younger);
  }

  private void ready(Lane lane) {
    lane.place = readied++;
    ready.add(lane);
  }

  @Override
  public boolean queue(List<ReceivedMessage> messages) {
    long now = nanos.getAsLong();
    lock.lock();
    try {
      for (ReceivedMessage message : messages) {
        message.queuedAt(now);
        Lane lane = lanes.computeIfAbsent(message.deviceId(), device -> new Lane());
        lane.messages.add(message);
        if (!lane.taken) {
          available++;
          if (lane.messages.size() == 1) {
            ready(lane);
          }
        }
      }
      return wantsBatch();
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
      return available > 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    change(() -> flushing = true);
  }

  /**
   * Makes a call in the place of a batch, so that no more run at a time than are asked for.
   *
   * @param call to say that it is {@link #finished}
   */
  void execute(Runnable call) {
    change(() -> single.add(call));
  }

  /** Changes something under the lock, and begins the batch that may be wanted then. */
  private void change(Runnable change) {
    boolean hire;
    lock.lock();
    try {
      change.run();
      hire = wantsBatch();
    } finally {
      lock.unlock();
    }
    if (hire) {
      hire();
    }
  }

  private void begin() {
    Runnable call;
    List<ReceivedMessage> batch;
    boolean hire;
    lock.lock();
    try {
      call = single.poll();
      batch = call == null && isRipe() ? take() : List.of();
      if (call == null && batch.isEmpty()) {
        running--;
      }
      hire = wantsBatch();
    } finally {
      lock.unlock();
    }
    if (hire) {
      hire();
    }
    if (call != null) {
      call.run();
    } else if (!batch.isEmpty()) {
      starter.begin(batch, this);
    }
  }

  /** Under the lock. Whether to begin a batch, which is counted already. */
  private boolean wantsBatch() {
    if (running >= options.parallelism() || (available == 0 && single.isEmpty())) {
      return false;
    }
    if (single.isEmpty() && !isRipe()) {
      lookAgainWhenRipe();
      return false;
    }
    running++;
    return true;
  }

  private boolean isRipe() {
    if (available == 0 || available >= options.size()) {
      return available > 0;
    }
    return flushing
        || ready.element().age(nanos.getAsLong()) >= delay
        || windowIsFull.getAsBoolean();
  }

  private void lookAgainWhenRipe() {
    long now = nanos.getAsLong();
    long left = delay - ready.element().age(now);
    if (!timed || now + left - timedFor < 0) {
      timed = true;
      timedFor = now + left;
      timer.schedule(() -> change(() -> timed = false), left, TimeUnit.NANOSECONDS);
    }
  }

  private List<ReceivedMessage> take() {
    List<ReceivedMessage> batch = new ArrayList<>(Math.min(available, options.size()));
    for (Lane lane = ready.poll(); lane != null; lane = next(batch)) {
      available -= lane.messages.size();
      lane.taken = true;
      while (batch.size() < options.size() && !lane.messages.isEmpty()) {
        batch.add(lane.messages.remove());
      }
    }
    return batch;
  }

  private @Nullable Lane next(List<ReceivedMessage> batch) {
    return batch.size() < options.size() ? ready.poll() : null;
  }

  /** Puts messages of a taken device before those that came later; it stays taken. */
  void putBack(String device, List<ReceivedMessage> messages) {
    lock.lock();
    try {
      Lane lane = lane(device);
      for (int i = messages.size() - 1; i >= 0; i--) {
        lane.messages.addFirst(messages.get(i));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The batch is done with; so are these devices, and the next one may have messages of them. */
  void finished(Collection<String> devices) {
    change(
        () -> {
          running--;
          devices.forEach(this::giveBack);
        });
  }

  /** A device that was taken longer than its batch is free. */
  void released(String device) {
    change(() -> giveBack(device));
  }

  private void giveBack(String device) {
    Lane lane = lane(device);
    lane.taken = false;
    if (lane.messages.isEmpty()) {
      lanes.remove(device);
    } else {
      available += lane.messages.size();
      ready(lane);
    }
  }

  private Lane lane(String device) {
    Lane lane = lanes.get(device);
    if (lane == null || !lane.taken) {
      throw new IllegalStateException("Only what was taken can be given back");
    }
    return lane;
  }
}
