package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.error.HandlerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an interceptor hears of a handler call that exceeds its deadline. */
class InterceptedTimeoutTest extends PipelineFixture {
  private final List<String> told = new ArrayList<>();
  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private DeliveryPipeline pipeline = pipeline((message, delivery) -> never);

  @BeforeEach
  void intercept() {
    options.handlerDeadline(Duration.ofMinutes(1));
    observers =
        new Observers(
            List.of(
                new HandlerInterceptor() {
                  @Override
                  public void timedOut(Delivery delivery, HandlerException cause) {
                    told.add(delivery.deviceId() + " " + cause.code());
                    told.add("inside " + pipeline.isInsideHandler());
                    throw new IllegalStateException("harms nothing");
                  }
                }));
  }

  @Test
  void message_isToldAtTheDeadline_andIsRetried() {
    pipeline =
        pipeline(
            (message, delivery) -> {
              told.add("called");
              return never;
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(59));
    assertEquals(List.of("called"), told);
    time.advance(Duration.ofSeconds(10));
    assertEquals(List.of("called", "a HANDLER_TIMEOUT", "inside true", "called"), told);
  }

  @Test
  void completedAtLast_isNotTold() {
    pipeline = pipeline((message, delivery) -> never);
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(59));
    never.complete(null);
    time.advance(Duration.ofMinutes(5));
    assertEquals(List.of(), told);
  }

  @Test
  void batch_isToldForEachMessage() {
    pipeline =
        pipeline(new BatchedHandler(BatchOptions.of(2, Duration.ofSeconds(1)), batch -> never));
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    time.advance(Duration.ofSeconds(60));
    assertEquals(
        List.of("a HANDLER_TIMEOUT", "inside true", "b HANDLER_TIMEOUT", "inside true"), told);
  }
}
