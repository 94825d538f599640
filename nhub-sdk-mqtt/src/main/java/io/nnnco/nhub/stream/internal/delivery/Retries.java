package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.FailurePolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a failed call is made again, and when a message is given up. Tells an outage of the
 * application's own side from a message that fails alone: in an outage, calls wait here, and one at
 * a time is made as a probe, until one succeeds.
 *
 * <p>Thread-safe. Nothing of the user's runs under the lock.
 */
final class Retries {
  private final FailurePolicy policy;
  private final RetryDelays delays;
  private final Time time;
  private final RetryReports reports;
  private final Caller caller;

  private final Evidence evidence;
  private final Set<HandlerCall> waiting = new LinkedHashSet<>();
  private final Deque<HandlerCall> failed = new ArrayDeque<>();
  private final Deque<HandlerCall> fresh = new ArrayDeque<>();
  private boolean probeIsDue;
  private @Nullable HandlerCall probe;
  private int failedProbes;
  private boolean stopped;
  private volatile boolean troubled;
  private volatile @Nullable HandlerOutage outage;

  /** Makes calls. */
  interface Caller {
    /** Makes the call, on a worker, if it is admitted by then. */
    void callAgain(HandlerCall call);

    /** Whether nothing more can come, though most of what came is finished. */
    boolean isHeldUp();

    /** The message is not called for again. */
    void giveUp(HandlerCall call, Throwable cause);

    /** The call is not made, and its message has no verdict: the subscription has ended. */
    void abandoned(HandlerCall call);
  }

  /** No failures yet; {@code random} is even between 0 and 1. */
  Retries(
      FailurePolicy policy,
      ScheduledExecutorService timer,
      Time time,
      DoubleSupplier random,
      DeliveryListener listener,
      Caller caller) {
    this.policy = policy;
    this.delays = new RetryDelays(policy, timer, random);
    this.time = time;
    this.reports = new RetryReports(policy.outageDevices(), listener, time.wall());
    this.evidence = new Evidence(policy.outageDevices());
    this.caller = caller;
  }

  /** Whether a call may be made now; if not, it is kept here until it may. */
  boolean admits(HandlerCall call) {
    return outage == null || !keeps(call);
  }

  private synchronized boolean keeps(HandlerCall call) {
    if (stopped) {
      caller.abandoned(call);
      return true;
    }
    if (outage == null || !evidence.hasFailed(call.kind())) {
      return false;
    }
    if (probeIsDue) { // Whichever comes first: one that is to be it may have no place yet.
      probeIsDue = false;
      probe = call;
      return false;
    }
    if (call.keepsItsPlace()) {
      fresh.addFirst(call); // The others could wait for that place.
    } else {
      fresh.add(call);
    }
    return true;
  }

  /** A handler has succeeded: what failed until now, failed by itself or in an outage now over. */
  void succeeded(HandlerCall call) {
    if (troubled) {
      endRow(call.kind());
    }
  }

  private void endRow(Class<?> kind) {
    List<HandlerCall> resumed;
    synchronized (this) {
      if (!evidence.succeeded(kind)) {
        return;
      }
      troubled = !evidence.isEmpty();
      resumed = outage == null ? List.of() : endOutage(outage);
    }
    resumed.forEach(caller::callAgain);
  }

  /** A handler of several messages has failed, which says little of each of them. */
  synchronized void failedTogether(HandlerCall call, Throwable cause) {
    if (!stopped) {
      troubled = true;
      evidence.failedTogether(call);
      reports.retry(call, cause, Duration.ZERO);
    }
  }

  /** A call has failed that is not made again as it was; if it was the probe, another will be. */
  synchronized void probeFailed(HandlerCall call) {
    if (call == probe && !stopped) {
      probe = null;
      failedProbes++;
      probeAfter(delays.after(failedProbes + 1));
    }
  }

  /** Whether a message of that kind has failed since the last success of one. */
  boolean isTroubled(Class<?> kind) {
    if (!troubled) {
      return false;
    }
    synchronized (this) {
      return evidence.hasFailed(kind);
    }
  }

  /** A handler has failed. */
  void failed(HandlerCall call, Throwable cause) {
    boolean retryable = isRetryable(cause);
    boolean heldUp = caller.isHeldUp();
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
      givenUp = isGivenUp(call, cause, heldUp) || !retryable;
      if (!givenUp) {
        callLater(call, cause, wasProbe);
      } else if (wasProbe) {
        probeAfter(delays.after(failedProbes + 1)); // It proved nothing.
      }
    }
    if (givenUp) {
      caller.giveUp(call, cause);
    }
  }

  private boolean isGivenUp(HandlerCall call, Throwable cause, boolean heldUp) {
    long now = time.nanos().getAsLong();
    Failures failures = call.failures;
    if (failures == null) {
      failures = new Failures(evidence.row(call), now, cause);
      call.failures = failures;
    } else {
      failures.add(evidence.row(call), cause);
    }
    if (policy.outageDevices() == 0) {
      return failures.areEnough(policy, now);
    }
    return failures.areOfTheMessage(policy, now)
        || (failures.areEnough(policy, now) && nobodyCanTell(call, failures, heldUp, now));
  }

  /**
   * Whether nothing more can succeed that would tell, and the patience is over. One that failed
   * while others succeeded, and now holds up all that is to come, is given no patience: it would
   * stop a fast stream for so long.
   */
  private boolean nobodyCanTell(HandlerCall call, Failures failures, boolean heldUp, long now) {
    boolean past = failures.isPast(policy.patience(), now);
    if (outage == null && past) {
      return true;
    }
    Predicate<HandlerCall> suspicious = past ? evidence::hasFailedBefore : evidence::hasFailedAlone;
    boolean suspect = suspicious.test(call);
    if (!heldUp || !fresh.isEmpty() || !(past || suspect)) {
      return false;
    }
    Stream<HandlerCall> others = Stream.concat(waiting.stream(), failed.stream());
    if (evidence.areWitnesses(others.filter(suspicious.negate()), suspect ? 0 : 1)) {
      return false;
    }
    evidence.suspect(call);
    return true;
  }

  private boolean isRetryable(Throwable cause) {
    try {
      return policy.isRetryable(cause);
    } catch (Throwable e) { // The user's; a message is not given up for it.
      reports.predicateFailed(e);
      return true;
    }
  }

  private void callLater(HandlerCall call, Throwable cause, boolean wasProbe) {
    troubled = true;
    evidence.failed(call);
    if (outage == null && evidence.isOutage()) {
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
    Duration delay = delays.after(failures.sinceOutage());
    reports.retry(call, cause, delay);
    waitFor(call, delay);
  }

  private void waitFor(HandlerCall call, Duration delay) {
    int number = call.failures().total();
    waiting.add(call);
    delays.run(() -> due(call, number), delay);
  }

  private void keepInOutage(HandlerCall call, Throwable cause, boolean wasProbe) {
    call.failures().belongToOutage(evidence.row(call));
    failed.add(call);
    if (wasProbe) {
      failedProbes++;
    }
    Duration delay = delays.after(failedProbes + 1);
    reports.retry(call, cause, delay);
    if (wasProbe) {
      probeAfter(delay);
    }
  }

  private void beginOutage(Throwable cause) {
    HandlerOutage began = new HandlerOutage(time.wall().instant(), cause);
    outage = began;
    failedProbes = 0;
    for (HandlerCall call : waiting) {
      call.failures().belongToOutage(evidence.row(call));
      failed.add(call);
    }
    waiting.clear();
    reports.outageBegan(began);
    probeAfter(delays.after(1));
  }

  private List<HandlerCall> endOutage(HandlerOutage over) {
    List<HandlerCall> resumed = new ArrayList<>(fresh);
    for (HandlerCall call : failed) {
      if (call.hasReturned()) {
        resumed.add(call);
      } else {
        waitFor(call, delays.after(1)); // Never two calls for one message at a time.
      }
    }
    failed.clear();
    fresh.clear();
    outage = null;
    probe = null;
    probeIsDue = false;
    reports.outageEnded(over);
    return resumed;
  }

  private void probeAfter(Duration delay) {
    HandlerOutage present = outage;
    delays.run(() -> probe(present), delay);
  }

  /** One that was not tried in this outage says more than one that may fail by itself. */
  private void probe(@Nullable HandlerOutage of) {
    HandlerCall next;
    synchronized (this) {
      if (of == null || !of.equals(outage) || stopped) {
        return;
      }
      next = fresh.poll();
      next = next == null ? firstThatHasReturned() : next;
      probeIsDue = next != null;
      if (next == null) {
        probeAfter(delays.after(failedProbes + 1));
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
      givenUp = failures.areOfTheMessageWithoutRetry(policy, evidence.row(call)) || isLost(call);
      if (!givenUp && !call.hasReturned()) {
        waitFor(call, delays.after(failures.sinceOutage()));
        return; // Never two calls for one message at a time.
      }
    }
    if (givenUp) {
      caller.giveUp(call, failures.cause());
    } else {
      caller.callAgain(call);
    }
  }

  /** Its handler takes no notice of the interrupt, so that it cannot be called again. */
  private boolean isLost(HandlerCall call) {
    return !call.hasReturned()
        && call.failures().isPast(policy.patience(), time.nanos().getAsLong());
  }

  /** Calls for nothing any more. */
  void stop() {
    List<HandlerCall> abandoned = new ArrayList<>();
    synchronized (this) {
      stopped = true;
      for (Collection<HandlerCall> calls : List.of(waiting, failed, fresh)) {
        abandoned.addAll(calls);
        calls.clear();
      }
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
}
