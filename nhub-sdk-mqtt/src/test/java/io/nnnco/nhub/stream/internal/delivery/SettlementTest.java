package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an interceptor hears of the acknowledgement of a message. */
class SettlementTest extends StuckHandlerFixture {
  private final List<String> told = new ArrayList<>();
  private @Nullable DeliveryPipeline pipeline;
  private Runnable onAcknowledged = () -> {};

  @BeforeEach
  void intercept() {
    observers = new Observers(List.of(new Noting("")));
  }

  private final class Noting implements HandlerInterceptor {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public Settlement settling(Delivery delivery) {
      String device = name + delivery.deviceId();
      told.add(device + " settling");
      return new Settlement() {
        @Override
        public void acknowledged() {
          told.add(device + " acknowledged");
          onAcknowledged.run();
        }

        @Override
        public void lost() {
          told.add(device + " lost");
          onAcknowledged.run();
        }
      };
    }
  }

  private DeliveryPipeline begun() {
    DeliveryPipeline made = stuck();
    pipeline = made;
    return made;
  }

  private DeliveryPipeline pipeline() {
    return Objects.requireNonNull(pipeline);
  }

  @Test
  void handled_isToldAfterThePuback() {
    List<List<Integer>> sentBefore = new ArrayList<>();
    onAcknowledged = () -> sentBefore.add(transport.acknowledged());
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    assertEquals(List.of(), told, "still at work");

    finish(0);
    assertEquals(List.of("a settling", "a acknowledged"), told);
    assertEquals(List.of(List.of(1)), sentBefore);
  }

  @Test
  void finishedOutOfOrder_isToldWhenItsTurnToBeAcknowledgedHasCome() {
    arrive(begun(), uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    finish(1);
    assertEquals(List.of("b settling"), told);

    finish(0);
    assertEquals(List.of("b settling", "a settling", "a acknowledged", "b acknowledged"), told);
  }

  @Test
  void severalInterceptors_areToldInTheirOrder() {
    observers = new Observers(List.of(new Noting("1"), new Noting("2")));
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    finish(0);
    assertEquals(List.of("1a settling", "2a settling", "1a acknowledged", "2a acknowledged"), told);
  }

  @Test
  void qos0_hasNoSettlement() {
    arrive(begun(), uplink(0, "a", 1));
    time.runDue();
    finish(0);
    assertEquals(List.of(), told);
  }

  @Test
  void connectionLost_whileItWaitsForItsTurn_isLost_andNotToldOfTheLaterPuback() {
    arrive(begun(), uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    finish(1);
    RecordingTransport next = reconnect(pipeline(), true);
    time.runDue();
    assertEquals(List.of("b settling", "b lost"), told);

    finish(0);
    assertEquals(List.of("b settling", "b lost", "a settling", "a lost"), told);
    pipeline().received(next, null, List.of(uplink(1, "a", 1), uplink(2, "b", 2)));
    assertEquals(List.of(1, 2), next.acknowledged());
    assertEquals(4, told.size(), "each once");
    assertEquals(2, handled.size());
  }

  @Test
  void verdictBetweenTwoConnections_isLostAtOnce() {
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    pipeline().disconnected(transport);
    assertEquals(List.of(), told);
    finish(0);
    assertEquals(List.of("a settling", "a lost"), told);
  }

  @Test
  void comesAgainWhileAtWork_isAcknowledgedOnTheNewConnection() {
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    RecordingTransport next = reconnect(pipeline(), true);
    pipeline().received(next, null, List.of(uplink(1, "a", 1)));
    finish(0);
    assertEquals(List.of(1), next.acknowledged());
    assertEquals(List.of("a settling", "a acknowledged"), told);
  }

  @Test
  void sessionLost_whileAtWork_isLost() {
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    reconnect(pipeline(), false);
    finish(0);
    assertEquals(List.of("a settling", "a lost"), told);
  }

  /** It waited for room when the session was lost, and is at work with nothing owed for it. */
  @Test
  void sessionLost_whileItWaitsForRoom_isLost() {
    options.window(1);
    arrive(begun(), uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    reconnect(pipeline(), false);
    finish(0);
    finish(1);
    assertEquals(List.of("a settling", "a lost", "b settling", "b lost"), told);
  }

  @Test
  void undecodable_isSettledWithoutACall() {
    options.failurePolicy(FailurePolicy.ofDefaults().thenHandOver(failure -> {}));
    arrive(begun(), message(1, "a", "{"));
    time.runDue();
    assertEquals(List.of("a settling", "a acknowledged"), told);
    assertEquals(List.of(), handled);
  }

  @Test
  void batch_hasASettlementForEachMessage() {
    DeliveryPipeline batched =
        pipeline(
            new BatchedHandler(
                BatchOptions.of(2, Duration.ofSeconds(1)),
                batch -> CompletableFuture.completedFuture(null)));
    arrive(batched, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    assertEquals(List.of("a settling", "a acknowledged", "b settling", "b acknowledged"), told);
  }

  @Test
  void settlement_isToldWithoutALock() {
    onAcknowledged =
        () -> {
          int owed =
              CompletableFuture.supplyAsync(() -> pipeline().owed() + pipeline().inFlight())
                  .orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS)
                  .join();
          told.add("owed " + owed);
        };
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    finish(0);
    assertEquals(List.of("a settling", "a acknowledged", "owed 0"), told);
  }

  /** Whoever tells the pipeline of a connection holds that connection's locks. */
  @Test
  void lostWithItsConnection_isToldOnAWorker() {
    arrive(begun(), uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    finish(1);
    onAcknowledged = () -> assertTrue(pipeline().isInsideHandler());
    pipeline().disconnected(transport);
    assertEquals(List.of("b settling"), told);
    time.runDue();
    assertEquals(List.of("b settling", "b lost"), told);
  }

  /** Or it could not close the subscription, which waits for its handlers, on any thread. */
  @Test
  void settlement_isInsideAHandler() {
    onAcknowledged = () -> assertTrue(pipeline().isInsideHandler());
    arrive(begun(), uplink(1, "a", 1), uplink(2, "b", 1));
    time.runDue();
    work.get(0).complete(null); // On the thread of the test.
    pipeline().disconnected(transport);
    work.get(1).complete(null);
    assertEquals(List.of("a settling", "a acknowledged", "b settling", "b lost"), told);
  }

  /** It breaks the contract of Executor, and only what it was to do fails. */
  @Test
  void executorThatFails_keepsNobodyFromBeingTold() {
    options.window(1);
    RuntimeException failure = new IllegalStateException("on purpose");
    List<RuntimeException> failures = new ArrayList<>();
    Executor executor =
        task -> {
          if (failures.isEmpty()) {
            time.execute(task);
          } else {
            throw failures.get(0);
          }
        };
    DeliveryPipeline made = stuckOn(Workers.on(executor, time));
    arrive(made, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    failures.add(failure);
    finish(0);
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(List.of("a settling", "a acknowledged"), told);
  }

  @Test
  void settlementThatFails_harmsNeitherTheOthersNorTheMessage() {
    observers = new Observers(List.of(new Noting("1"), new Noting("2")));
    onAcknowledged =
        () -> {
          throw new AssertionError("on purpose");
        };
    arrive(begun(), uplink(1, "a", 1), uplink(2, "a", 2));
    time.runDue();
    finish(0);
    finish(1);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(8, told.size());
  }

  @Test
  void settlingThatFails_harmsNeitherTheOthersNorTheMessage() {
    HandlerInterceptor failing =
        new HandlerInterceptor() {
          @Override
          public Settlement settling(Delivery delivery) {
            throw new IllegalStateException("on purpose");
          }
        };
    observers = new Observers(List.of(failing, new Noting("")));
    arrive(begun(), uplink(1, "a", 1));
    time.runDue();
    finish(0);
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(List.of("a settling", "a acknowledged"), told);
  }
}
