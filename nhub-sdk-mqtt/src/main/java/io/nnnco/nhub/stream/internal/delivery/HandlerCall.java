package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.recording.FlightRecording;
import io.nnnco.nhub.stream.internal.recording.HandlerCallEvent;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Work that a handler is called for, again after a failure. Each attempt ends once: when the
 * handler completes, or at its deadline.
 */
abstract class HandlerCall {
  private final Deadlines deadlines;
  private final Observers observers;
  private int attempt;
  private long startedAt;
  private boolean running;
  private @Nullable Thread runner;
  private @Nullable HandlerCallEvent recorded;
  private @Nullable Runnable afterReturn;

  /** Null before the first failure; guarded by the lock of {@link Retries}. */
  @Nullable Failures failures;

  HandlerCall(Deadlines deadlines, Observers observers) {
    this.deadlines = deadlines;
    this.observers = observers;
  }

  /** Calls the handler. */
  abstract CompletionStage<?> call() throws Exception;

  /** An attempt has succeeded. */
  abstract void succeeded();

  /** An attempt has failed. */
  abstract void failed(Throwable cause);

  /** The handler is called, at this time of {@link System#nanoTime()}. */
  void measureCall(Observers told, long now) {
    told.called(received(), now);
  }

  /** An attempt is about to fail, at its deadline: the interceptors hear of it first. */
  void timedOut(HandlerException cause) {}

  /** Makes an attempt when there is a thread for it, and a place. */
  abstract void execute(Runnable attempt);

  /** Whether it has a place of its own, also while it waits. */
  boolean keepsItsPlace() {
    return false;
  }

  /** The attempt is over, or was not made after all: its place is free. */
  void leave() {}

  /** The message that the handler is called for, or the first of several. */
  abstract ReceivedMessage received();

  /** How many messages the handler is called for. */
  int size() {
    return 1;
  }

  /** What the handler gets. */
  String unit() {
    return "message";
  }

  /** What it is called for; a handler may treat each kind of message differently. */
  abstract Class<?> kind();

  /** The failures, of which there is one at least. */
  final Failures failures() {
    return Objects.requireNonNull(failures);
  }

  /** Calls the handler once more, on a thread that it may keep. */
  final void attempt() {
    int current = begin();
    CompletionStage<?> stage;
    try {
      stage = Objects.requireNonNull(call(), "The handler's stage");
    } catch (Throwable t) { // A handler's Error is a failure of that message, and of nothing else.
      returned();
      end(current, t);
      return;
    }
    returned();
    if (hasSucceeded(stage)) {
      end(current, null);
    } else {
      stage.whenComplete((result, failure) -> end(current, failure));
    }
  }

  /** As most have that return a stage at all; to ask is cheaper than to have oneself called. */
  private static boolean hasSucceeded(CompletionStage<?> stage) {
    return stage instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally();
  }

  private int begin() {
    HandlerCallEvent event = FlightRecording.handlerCall();
    synchronized (this) {
      recorded = event;
      attempt++;
      running = true;
      startedAt = deadlines.nanoTime();
      runner = Thread.currentThread();
    }
    deadlines.add(this);
    if (observers.areTold()) {
      measureCall(observers, startedAt);
    }
    return attempt;
  }

  /** The handler has returned, so its thread is no longer to be interrupted. */
  private void returned() {
    Runnable next;
    synchronized (this) {
      runner = null;
      if (running) {
        return;
      }
      // Timed out: the interrupt was meant for the handler, not for what its thread does next.
      Thread.interrupted();
      next = afterReturn;
      afterReturn = null;
    }
    deadlines.remove(this);
    if (next != null) {
      next.run();
    }
  }

  /** Counts an attempt that was made elsewhere. */
  final synchronized void countAttempt() {
    attempt++;
  }

  /** How often the handler was called. */
  final synchronized int attempts() {
    return attempt;
  }

  /** Whether the thread of the last attempt is free again. */
  final synchronized boolean hasReturned() {
    return runner == null;
  }

  /**
   * Runs something as soon as the thread of the last attempt is free: now, or on that thread. Never
   * two calls for one message at a time.
   */
  final void whenReturned(Runnable next) {
    synchronized (this) {
      if (runner != null) {
        afterReturn = next;
        return;
      }
    }
    next.run();
  }

  /** How long the handler has been at work on the present attempt. */
  final synchronized Duration age() {
    return Duration.ofNanos(deadlines.nanoTime() - startedAt);
  }

  /** Ends the attempt if its time is up; whatever the handler does later no longer counts. */
  final void check(Duration deadline) {
    boolean hasReturned;
    long began;
    HandlerCallEvent event;
    synchronized (this) {
      if (!running || deadlines.nanoTime() - startedAt < deadline.toNanos()) {
        return;
      }
      running = false;
      began = startedAt;
      event = takeRecorded();
      hasReturned = runner == null;
      if (runner != null) {
        runner.interrupt();
      }
    }
    if (hasReturned) {
      deadlines.remove(this);
    }
    completed(HandlerOutcome.TIMEOUT, began, event);
    HandlerException cause =
        new HandlerException(
            StreamErrorCode.HANDLER_TIMEOUT,
            ConnectionPhase.STREAM,
            "A handler took longer than " + DurationText.of(deadline) + " for one " + unit() + ".",
            null);
    if (observers.intercept()) {
      timedOut(cause);
    }
    failed(cause);
  }

  private void end(int ending, @Nullable Throwable failure) {
    long began;
    HandlerCallEvent event;
    synchronized (this) {
      if (!running || ending != attempt) {
        return;
      }
      running = false;
      began = startedAt;
      event = takeRecorded();
    }
    deadlines.remove(this);
    completed(failure == null ? HandlerOutcome.SUCCESS : HandlerOutcome.FAILURE, began, event);
    if (failure == null) {
      succeeded();
    } else {
      failed(unwrap(failure));
    }
  }

  private @Nullable HandlerCallEvent takeRecorded() {
    HandlerCallEvent taken = recorded;
    recorded = null;
    return taken;
  }

  private void completed(HandlerOutcome outcome, long began, @Nullable HandlerCallEvent event) {
    if (event != null && event.hasEnded()) {
      event.record(outcome, attempts(), size(), received().deviceId(), kind());
    }
    if (observers.areTold()) {
      observers.completed(outcome, size(), deadlines.nanoTime() - began);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
