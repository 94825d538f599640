package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handler call, from its beginning to its end, which comes once. */
final class ObservedCall {
  private final Observation observation;
  private final Harmless harmless;
  private final Runnable afterEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Begun already.
   *
   * @param afterEnd run once
   */
  ObservedCall(Observation observation, Harmless harmless, Runnable afterEnd) {
    this.observation = observation;
    this.harmless = harmless;
    this.afterEnd = afterEnd;
  }

  Observation observation() {
    return observation;
  }

  /** Calls the handler; what it returns completes after the end. */
  CompletionStage<?> run(Callable<CompletionStage<?>> handler) throws Exception {
    CompletionStage<?> stage;
    Observation.Scope scope =
        harmless.get(observation::openScope, () -> Observation.NOOP.openScope());
    try {
      stage = Objects.requireNonNull(handler.call(), "The handler's stage");
    } catch (Throwable t) {
      harmless.run(scope::close);
      end(t);
      throw t;
    }
    harmless.run(scope::close);
    if (stage instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      end(null);
      return stage;
    }
    return stage.whenComplete((result, failure) -> end(failure));
  }

  void end(@Nullable Throwable failure) {
    if (ended.getAndSet(true)) {
      return;
    }
    harmless.run(
        () -> {
          if (failure != null) {
            observation.error(unwrapped(failure));
          }
          observation.stop();
        });
    afterEnd.run();
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
