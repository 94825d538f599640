package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A handler that takes no notice of the interrupt at its deadline, as a read from a socket does.
 */
class StubbornHandlerTest extends PipelineFixture {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Long> calls = new ConcurrentLinkedQueue<>();
  private final Queue<FailedMessage> dead = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void giveUpToAQueue() {
    options
        .handlerDeadline(Duration.ofMinutes(1))
        .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
  }

  @AfterEach
  void end() throws InterruptedException {
    released.countDown();
    threads.shutdown();
    assertTrue(threads.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  private CompletionStage<?> handle(DeviceMessage message, Delivery delivery) {
    calls.add(message.timestamp().toEpochMilli());
    if (calls.size() == 1) {
      begun.countDown();
      boolean waits = true;
      while (waits) {
        try {
          released.await();
          waits = false;
        } catch (InterruptedException e) {
          waits = true; // No notice of it.
        }
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private DeliveryPipeline begun() throws InterruptedException {
    DeliveryPipeline pipeline = pipeline(this::handle, Workers.on(threads, time));
    arrive(pipeline, uplink(1, "a", 1));
    assertTrue(begun.await(SOON.toSeconds(), TimeUnit.SECONDS));
    arrive(pipeline, uplink(2, "a", 2));
    return pipeline;
  }

  @Test
  void keepsItsThread_isNotCalledForTheSameMessageMeanwhile() throws InterruptedException {
    begun();
    time.advance(Duration.ofMinutes(8));
    assertEquals(1, calls.size());
    assertEquals(0, dead.size());
    released.countDown();
    Eventually.isTrue(
        "called again",
        () -> {
          time.advance(Duration.ofSeconds(30));
          return calls.size() == 3;
        });
    assertEquals(0, dead.size());
  }

  @Test
  void neverReturns_isGivenUpAfterItsPatience_andTheDeviceGoesOn() throws InterruptedException {
    begun();
    time.advance(Duration.ofMinutes(12));
    Eventually.isTrue("given up", () -> dead.size() == 1 && calls.size() == 2);
    assertEquals(1, dead.element().attempts());
  }
}
