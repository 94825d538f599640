package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.ExponentialBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a failed call is made again, and when a message is given up. Tells an outage of the
 * application's own side from a message that fails alone: in an outage, calls wait here, and one at
 * a time is made as a probe, until one succeeds.
 *
 * <p>Thread-safe. Nothing of the user's runs under the lock but the predicate of the policy.
 */
final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final FailurePolicy policy;
  private final ExponentialBackoff backoff;
  private final ScheduledExecutorService timer;
  private final Time time;
  private final DoubleSupplier random;
  private final DeliveryListener listener;
  private final Caller caller;

  private final Set<String> failedDevices = new HashSet<>();
  private final Set<Class<?>> failedKinds = new HashSet<>();
  private final Set<HandlerCall> waiting = new LinkedHashSet<>();
  private final Deque<HandlerCall> failed = new ArrayDeque<>();
  private final Deque<HandlerCall> fresh = new ArrayDeque<>();
  private long row = 1;
  private @Nullable HandlerCall probe;
  private int failedProbes;
  private boolean stopped;
  private volatile boolean troubled;
  private volatile @Nullable HandlerOutage outage;

  /** Makes calls. */
  interface Caller {
    /** Makes the call, on a worker. */
    void callAgain(HandlerCall call);

    /** The message is not called for again. */
    void giveUp(HandlerCall call, Throwable cause);

    /** The call is not made, and its message has no verdict: the subscription has ended. */
    void abandoned(HandlerCall call);
  }

  /**
   * No failures yet.
   *
   * @param random even between 0 and 1
   */
  Retries(
      FailurePolicy policy,
      ScheduledExecutorService timer,
      Time time,
      DoubleSupplier random,
      DeliveryListener listener,
      Caller caller) {
    this.policy = policy;
    this.backoff = new ExponentialBackoff(policy.firstDelay(), policy.maxDelay());
    this.timer = timer;
    this.time = time;
    this.random = random;
    this.listener = listener;
    this.caller = caller;
  }

  /** Whether a call may be made for the first time; if not, it is kept here until it may. */
  boolean admits(HandlerCall call) {
    return outage == null || !keeps(call);
  }

  private synchronized boolean keeps(HandlerCall call) {
    if (outage == null || stopped || !failedKinds.contains(call.kind())) {
      return false;
    }
    (call.size() == 1 ? fresh : failed).add(call); // A probe is best one message.
    return true;
  }

  /**
   * A handler has succeeded: what failed until now, failed by itself or in an outage now over. A
   * success with another kind of message proves nothing: many handlers just ignore joins.
   */
  void succeeded(HandlerCall call) {
    if (troubled) {
      endRow(call.kind());
    }
  }

  private void endRow(Class<?> kind) {
    List<HandlerCall> resumed;
    synchronized (this) {
      if (!troubled || !failedKinds.contains(kind)) {
        return;
      }
      troubled = false;
      row++;
      failedDevices.clear();
      failedKinds.clear();
      resumed = outage == null ? List.of() : endOutage(outage);
    }
    resumed.forEach(caller::callAgain);
  }

  /**
   * A handler of several messages has failed, which says little of each of them.
   *
   * @return whether there is an outage, and the call is kept here until it is to be made again
   */
  synchronized boolean failedTogether(HandlerCall call, Throwable cause) {
    if (stopped) {
      caller.abandoned(call);
      return true;
    }
    troubled = true;
    failedKinds.add(call.kind());
    if (outage == null) {
      tell(call, cause, Duration.ZERO);
      return false;
    }
    boolean wasProbe = call == probe;
    probe = wasProbe ? null : probe;
    keepInOutage(call, cause, wasProbe);
    return true;
  }

  /** A call has failed that is not made again as it was; if it was the probe, another will be. */
  synchronized void probeFailed(HandlerCall call) {
    if (call == probe) {
      probe = null;
      failedProbes++;
      probeAfter(jittered(backoff.after(failedProbes + 1)));
    }
  }

  /** Whether something has failed since the last success. */
  boolean isTroubled() {
    return troubled;
  }

  /** A handler has failed. */
  void failed(HandlerCall call, Throwable cause) {
    boolean givenUp;
    synchronized (this) {
      if (stopped) {
        caller.abandoned(call);
        return;
      }
      boolean wasProbe = call == probe;
      if (wasProbe) {
        probe = null;
      }
      givenUp = isGivenUp(call, cause);
      if (!givenUp) {
        callLater(call, cause, wasProbe);
      } else if (wasProbe) {
        probeAfter(jittered(backoff.after(failedProbes + 1))); // It proved nothing.
      }
    }
    if (givenUp) {
      caller.giveUp(call, cause);
    }
  }

  private boolean isGivenUp(HandlerCall call, Throwable cause) {
    long now = time.nanos().getAsLong();
    Failures failures = call.failures;
    if (failures == null) {
      failures = new Failures(row, now, cause);
      call.failures = failures;
    } else {
      failures.add(row, cause);
    }
    if (!isRetryable(cause)) {
      return true;
    }
    if (policy.outageDevices() == 0) {
      return failures.areEnough(policy, now);
    }
    boolean outlasted = call.outlasted() && policy.retries() < Integer.MAX_VALUE;
    return outlasted
        || failures.areOfTheMessage(policy, now)
        || (outage == null
            && failures.areEnough(policy, now)
            && failures.isPast(policy.patience(), now));
  }

  private boolean isRetryable(Throwable cause) {
    try {
      return policy.isRetryable(cause);
    } catch (RuntimeException e) { // The user's; a message is not given up for it.
      log.warn("The predicate of the failure policy failed; the message is retried", e);
      return true;
    }
  }

  private void callLater(HandlerCall call, Throwable cause, boolean wasProbe) {
    troubled = true;
    failedDevices.add(call.received().deviceId());
    failedKinds.add(call.kind());
    if (outage == null && failedDevices.size() == policy.outageDevices()) {
      beginOutage(cause);
    }
    if (outage == null) {
      callAfterDelay(call, cause);
    } else {
      keepInOutage(call, cause, wasProbe);
    }
  }

  private void callAfterDelay(HandlerCall call, Throwable cause) {
    Failures failures = call.failures();
    Duration delay = jittered(backoff.after(failures.sinceOutage()));
    int number = failures.total();
    waiting.add(call);
    tell(call, cause, delay);
    timer.schedule(() -> due(call, number), nanos(delay), TimeUnit.NANOSECONDS);
  }

  private void keepInOutage(HandlerCall call, Throwable cause, boolean wasProbe) {
    if (call.failures != null) {
      call.failures.belongToOutage(row);
    }
    failed.add(call);
    if (wasProbe) {
      failedProbes++;
    }
    Duration delay = jittered(backoff.after(failedProbes + 1));
    tell(call, cause, delay);
    if (wasProbe) {
      probeAfter(delay);
    }
  }

  private void tell(HandlerCall call, Throwable cause, Duration delay) {
    listener.onEvent(
        new SubscriptionEvent.HandlerRetry(now(), call.received(), cause, call.attempts(), delay));
  }

  private void beginOutage(Throwable cause) {
    outage = new HandlerOutage(now(), cause);
    failedProbes = 0;
    for (HandlerCall call : waiting) {
      call.failures().belongToOutage(row);
      failed.add(call);
    }
    waiting.clear();
    log.warn(
        "Handlers failed for {} devices in a row: the SDK assumes an outage, gives nothing up, and"
            + " tries one message at a time until one succeeds",
        policy.outageDevices(),
        cause);
    listener.onEvent(
        new SubscriptionEvent.HandlerOutageBegan(now(), cause, policy.outageDevices()));
    probeAfter(jittered(backoff.after(1)));
  }

  private List<HandlerCall> endOutage(HandlerOutage over) {
    List<HandlerCall> resumed = new ArrayList<>(failed);
    resumed.addAll(fresh);
    failed.clear();
    fresh.clear();
    outage = null;
    probe = null;
    log.info(
        "A handler succeeded: the outage that began at {} is over, and {} messages that waited"
            + " continue",
        over.since(),
        resumed.size());
    listener.onEvent(new SubscriptionEvent.HandlerOutageEnded(now(), over.since()));
    return resumed;
  }

  private void probeAfter(Duration delay) {
    long present = row;
    timer.schedule(() -> probe(present), nanos(delay), TimeUnit.NANOSECONDS);
  }

  /** One that was never tried says more than one that may fail by itself. */
  private void probe(long ofRow) {
    HandlerCall next;
    synchronized (this) {
      if (outage == null || row != ofRow || stopped) {
        return;
      }
      next = fresh.poll();
      if (next == null) {
        next = firstThatHasReturned();
      }
      probe = next;
      if (next == null) {
        probeAfter(jittered(backoff.after(failedProbes + 1)));
        return;
      }
    }
    caller.callAgain(next);
  }

  private @Nullable HandlerCall firstThatHasReturned() {
    for (Iterator<HandlerCall> calls = failed.iterator(); calls.hasNext(); ) {
      HandlerCall call = calls.next();
      if (call.hasReturned()) {
        calls.remove();
        return call;
      }
    }
    return null;
  }

  private void due(HandlerCall call, int number) {
    Failures failures;
    boolean givenUp;
    synchronized (this) {
      failures = call.failures();
      if (failures.total() != number || !waiting.remove(call)) {
        return; // An outage began meanwhile, and may have ended.
      }
      givenUp = failures.areOfTheMessageWithoutRetry(policy, row);
    }
    if (givenUp) {
      caller.giveUp(call, failures.cause());
    } else if (call.hasReturned()) {
      caller.callAgain(call);
    } else {
      failed(call, failures.cause()); // Never two calls for one message at a time.
    }
  }

  /** Calls for nothing any more. */
  void stop() {
    List<HandlerCall> abandoned = new ArrayList<>();
    synchronized (this) {
      stopped = true;
      abandoned.addAll(waiting);
      abandoned.addAll(failed);
      abandoned.addAll(fresh);
      waiting.clear();
      failed.clear();
      fresh.clear();
    }
    abandoned.forEach(caller::abandoned);
  }

  /** Whether calls wait here. */
  synchronized boolean areWaiting() {
    return !waiting.isEmpty() || !failed.isEmpty() || !fresh.isEmpty();
  }

  /** The outage of the application's own side; null if there is none. */
  @Nullable HandlerOutage outage() {
    return outage;
  }

  private Instant now() {
    return time.wall().instant();
  }

  private Duration jittered(Duration delay) {
    return ExponentialBackoff.part(delay, (1 + random.getAsDouble()) / 2);
  }

  private static long nanos(Duration delay) {
    return TimeUnit.NANOSECONDS.convert(delay);
  }
}
