package io.nnnco.nhub.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handler call, from its beginning to its end, which comes once. */
final class ObservedCall {
  private final ObservationRegistry registry;
  private final Observation observation;
  private final Harmless harmless;
  private final Runnable afterEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Begun already.
   *
   * @param afterEnd run once
   */
  ObservedCall(
      ObservationRegistry registry, Observation observation, Harmless harmless, Runnable afterEnd) {
    this.registry = registry;
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
    try {
      stage = Objects.requireNonNull(callInScope(handler), "The handler's stage");
    } catch (Throwable t) {
      end(t);
      throw t;
    }
    if (stage instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      end(null);
      return stage;
    }
    return stage.whenComplete((result, failure) -> end(failure));
  }

  /** A scope is current even if a handler of the registry threw when it was opened or closed. */
  private CompletionStage<?> callInScope(Callable<CompletionStage<?>> handler) throws Exception {
    Observation.Scope before = registry.getCurrentObservationScope();
    Observation.@Nullable Scope scope =
        harmless.<Observation.@Nullable Scope>get(
            observation::openScope, registry::getCurrentObservationScope);
    try {
      return handler.call();
    } finally {
      if (scope != null && scope != before) {
        harmless.run(scope::close);
      }
      registry.setCurrentObservationScope(before);
    }
  }

  void end(@Nullable Throwable failure) {
    if (ended.getAndSet(true)) {
      return;
    }
    if (failure != null) {
      harmless.run(() -> observation.error(unwrapped(failure)));
    }
    harmless.run(observation::stop);
    afterEnd.run();
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
