package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes one message to its verdict: calls the handler, again after a failure, and leaves the rest
 * to the last resort. Each attempt ends once, by the handler or by its deadline.
 */
final class MessageTask {
  private final ReceivedMessage received;
  private final DeviceMessage message;
  private final AsyncMessageHandler handler;
  private final FailurePolicy policy;
  private final Surroundings surroundings;
  private final Runnable finished;
  private int attempt;
  private long startedAt;
  private boolean running;
  private @Nullable Thread runner;

  /** What a task needs of the pipeline. */
  interface Surroundings {
    /** The present moment, as {@link System#nanoTime()}. */
    long nanoTime();

    /** An attempt begins: from now on the task wants to be asked whether its time is up. */
    void began(MessageTask task);

    /** The attempt has ended, and the handler has returned. */
    void ended(MessageTask task);

    /** The handler has succeeded. */
    void succeeded(ReceivedMessage message);

    /** The handler failed, and is to be called again after a while, on a worker thread. */
    void retry(
        ReceivedMessage message, Throwable cause, int attempt, Duration wait, Runnable again);

    /** The handler failed for good; {@code finished} is to be run when that is dealt with. */
    void failed(FailedMessage failure, Runnable finished);
  }

  MessageTask(
      ReceivedMessage received,
      DeviceMessage message,
      AsyncMessageHandler handler,
      FailurePolicy policy,
      Surroundings surroundings,
      Runnable finished) {
    this.received = received;
    this.message = message;
    this.handler = handler;
    this.policy = policy;
    this.surroundings = surroundings;
    this.finished = finished;
  }

  /** Begins an attempt, on a thread that the handler may keep. */
  void run() {
    int current = begin();
    CompletionStage<?> stage;
    try {
      stage = Objects.requireNonNull(handler.handle(message, received), "The handler's stage");
    } catch (Throwable t) { // A handler's Error is a failure of that message, and of nothing else.
      left();
      end(current, t);
      return;
    }
    left();
    if (hasSucceeded(stage)) {
      end(current, null);
    } else {
      stage.whenComplete((result, failure) -> end(current, failure));
    }
    if (handler instanceof SelfPacedHandler selfPaced) {
      selfPaced.begun();
    }
  }

  /** As most have that return a stage at all; to ask is cheaper than to have oneself called. */
  private static boolean hasSucceeded(CompletionStage<?> stage) {
    return stage instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally();
  }

  private int begin() {
    synchronized (this) {
      attempt++;
      running = true;
      startedAt = surroundings.nanoTime();
      runner = Thread.currentThread();
    }
    surroundings.began(this);
    return attempt;
  }

  /** The handler has returned, so its thread is no longer to be interrupted. */
  private void left() {
    synchronized (this) {
      runner = null;
      if (running) {
        return;
      }
      // Timed out: the interrupt was meant for the handler, not for what its thread does next.
      Thread.interrupted();
    }
    surroundings.ended(this);
  }

  /** For how long the present call of the handler has not come back. */
  synchronized Duration outFor() {
    return Duration.ofNanos(surroundings.nanoTime() - startedAt);
  }

  /** Ends the attempt if its time is up; whatever the handler does later no longer counts. */
  void check(Duration deadline) {
    int late;
    boolean returned;
    synchronized (this) {
      if (!running || surroundings.nanoTime() - startedAt < deadline.toNanos()) {
        return;
      }
      running = false;
      late = attempt;
      returned = runner == null;
      if (runner != null) {
        runner.interrupt();
      }
    }
    if (returned) {
      surroundings.ended(this);
    }
    failed(
        late,
        new HandlerException(
            StreamErrorCode.HANDLER_TIMEOUT,
            ConnectionPhase.STREAM,
            "A handler took longer than " + DurationText.of(deadline) + " for one message.",
            null));
  }

  private void end(int ending, @Nullable Throwable failure) {
    synchronized (this) {
      if (!running || ending != attempt) {
        return;
      }
      running = false;
    }
    surroundings.ended(this);
    if (failure == null) {
      surroundings.succeeded(received);
      finished.run();
    } else {
      failed(ending, unwrap(failure));
    }
  }

  private void failed(int ending, Throwable cause) {
    if (ending <= policy.retries() && !isTimeout(cause)) {
      Duration wait = policy.delay().multipliedBy(1L << Math.min(ending - 1, 20));
      surroundings.retry(received, cause, ending, wait, this::run);
    } else {
      surroundings.failed(new FailedMessage(received, cause, ending), finished);
    }
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof HandlerException e && e.code() == StreamErrorCode.HANDLER_TIMEOUT;
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
