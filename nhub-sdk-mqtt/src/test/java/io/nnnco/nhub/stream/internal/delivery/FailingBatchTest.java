package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that fail, at odd times and in odd ways. */
class FailingBatchTest extends PipelineFixture {
  private static final Duration DELAY = Duration.ofMillis(200);
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final List<List<Long>> calls = new ArrayList<>();
  private final List<Integer> dead = new ArrayList<>();
  private final FailurePolicy policy =
      FailurePolicy.ofDefaults()
          .thenHandOver(failure -> dead.add(((ReceivedMessage) failure.delivery()).packetId()));

  @BeforeEach
  void giveUpToAList() {
    options.window(100).failurePolicy(policy);
  }

  private DeliveryPipeline batched(BatchOptions batchOptions, AsyncBatchHandler handler) {
    return pipeline(new BatchedHandler(batchOptions, batch -> noted(batch, handler)));
  }

  private CompletionStage<?> noted(List<DeliveredMessage> batch, AsyncBatchHandler handler)
      throws Exception {
    calls.add(batch.stream().map(each -> each.message().timestamp().toEpochMilli()).toList());
    return handler.handle(batch);
  }

  private static InboundMessage[] messages(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> uplink(i, "device-" + i, i))
        .toArray(InboundMessage[]::new);
  }

  private static CompletionStage<?> failed() {
    return CompletableFuture.failedFuture(new IllegalStateException("rolled back"));
  }

  /** Another batch could have what comes after it, while what came before it is at work. */
  @Test
  void undecodable_isNotGivenUp_beforeWhatCameBeforeItFromItsDevice() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        batched(BatchOptions.of(4, DELAY).parallel(2), batch -> calls.size() == 1 ? stage : DONE);
    arrive(pipeline, uplink(1, "a", 1), message(2, "a", "{"), uplink(3, "a", 3), uplink(4, "b", 4));
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of(List.of(1L, 4L)), calls);
    assertEquals(List.of(), dead);
    stage.complete(null);
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of(2), dead);
    assertEquals(List.of(List.of(1L, 4L), List.of(3L)), calls);
    assertEquals(List.of(1, 2, 3, 4), transport.acknowledged());
  }

  /** As where the place is how far the driver got, which says nothing. */
  @Test
  void handlerNamesTheLast_andIsWrong_isNotBelievedTwice() {
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(100, DELAY),
            batch -> {
              throw BatchFailedException.at(batch.size() - 1, new IllegalStateException("down"));
            });
    arrive(pipeline, messages(1, 100));
    time.advance(Duration.ofMillis(400));
    assertTrue(calls.size() <= 6, "calls before the first probe: " + calls.size());
    assertEquals(List.of(), dead);
  }

  @Test
  void handlerNamesOneBeyondTheBatch_isNotBelieved() {
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(4, DELAY),
            batch -> {
              if (batch.size() == 4) {
                throw BatchFailedException.at(4, new IllegalStateException("off by one"));
              }
              return DONE;
            });
    arrive(pipeline, messages(1, 4));
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of(1, 2, 3, 4), transport.acknowledged());
  }

  @Test
  void outOfMemory_whileDecoding_isTriedAgainAfterAMoment_andTheRestIsABatch() {
    AtomicInteger attempts = new AtomicInteger();
    DeliveryPipeline pipeline =
        pipeline(
            new BatchedHandler(BatchOptions.of(2, DELAY), batch -> noted(batch, each -> DONE)),
            received -> {
              if (received.packetId() == 2 && attempts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("Java heap space");
              }
              return Handling.read(received);
            });
    arrive(pipeline, messages(1, 2));
    time.advance(Duration.ofMillis(990));
    assertEquals(List.of(List.of(1L)), calls);
    assertEquals(1, attempts.get());
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of(List.of(1L), List.of(2L)), calls);
    assertEquals(List.of(), dead);
    assertEquals(List.of(1, 2), transport.acknowledged());
  }

  @Test
  void badJoin_doesNotMakeBatchesOfUplinksSmall() {
    options.window(2_000);
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(50, DELAY),
            batch ->
                batch.stream().anyMatch(each -> each.message() instanceof Join) ? failed() : DONE);
    InboundMessage first = uplink(1, "a", 1);
    String topic = "v4/groups/nnn.acme.master/joining/joins";
    arrive(pipeline, new InboundMessage(topic, first.payload(), false, 1));
    time.advance(Duration.ofSeconds(1));
    int before = calls.size();
    arrive(pipeline, messages(2, 501));
    time.runDue();
    assertEquals(before + 10, calls.size());
  }

  @Test
  void abandon_inTheMiddleOfASearch_beginsNoMoreCalls() {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(8, DELAY),
            batch -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              stages.add(stage);
              return stage;
            });
    arrive(pipeline, messages(1, 8));
    time.runDue();
    stages.get(0).completeExceptionally(new IllegalStateException("rolled back"));
    time.runDue();
    assertEquals(2, calls.size());
    pipeline.abandon();
    stages.get(1).complete(null);
    time.advance(Duration.ofMinutes(1));
    assertEquals(2, calls.size());
    assertEquals(7, pipeline.owed());
    assertEquals(0, pipeline.inFlight());
  }

  @Test
  void batchWithPoisonOnly_beganBeforeAnOutageOfPoison_isSearchedToo() {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(3, DELAY).parallel(2),
            batch -> {
              if (calls.size() <= 2) {
                stages.add(new CompletableFuture<>());
                return stages.get(stages.size() - 1);
              }
              boolean bad =
                  batch.stream().anyMatch(each -> each.message().timestamp().toEpochMilli() <= 4);
              return bad ? failed() : DONE;
            });
    arrive(pipeline, messages(1, 6));
    time.runDue();
    stages.get(0).completeExceptionally(new IllegalStateException("rolled back"));
    time.runDue();
    assertTrue(pipeline.outage() != null, "three poisonous messages look like one");
    stages.get(1).completeExceptionally(new IllegalStateException("rolled back"));
    time.advance(Duration.ofSeconds(40));
    assertEquals(2, pipeline.counters().handled(), "messages 5 and 6");
  }

  /**
   * What holds up the window is the acknowledgements: the rest is handled, and nothing can come.
   */
  @Test
  void acknowledgementsFillTheWindow_aBatchDoesNotWaitForMore() {
    options.window(10);
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(4, Duration.ofHours(1)),
            batch ->
                batch.stream().anyMatch(each -> each.message().deviceId().equals("device-1"))
                    ? failed()
                    : DONE);
    arrive(pipeline, messages(1, 8));
    time.advance(Duration.ofMillis(500));
    assertEquals(7, pipeline.counters().handled());
    arrive(pipeline, messages(9, 10));
    time.advance(Duration.ofMillis(100));
    assertEquals(9, pipeline.counters().handled());
  }

  @Test
  void executorRunsInTheCaller_largeBatchFails_doesNotOverflowTheStack() {
    int size = 20_000;
    options.window(size).failurePolicy(policy.withoutOutageDetection().withRetries(0));
    DeliveryPipeline pipeline =
        pipeline(
            new BatchedHandler(BatchOptions.of(size, DELAY), batch -> failed()),
            Workers.on(Runnable::run, time));
    arrive(pipeline, messages(1, size));
    time.advance(Duration.ofSeconds(1));
    assertEquals(size, dead.size());
  }

  @Test
  void executorRunsInTheCaller_manyBatchesWait_doesNotOverflowTheStack() {
    int size = 20_000;
    options.window(size);
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            new BatchedHandler(
                BatchOptions.of(1, DELAY),
                batch -> {
                  if (stages.isEmpty()) {
                    stages.add(new CompletableFuture<>());
                    return stages.get(0);
                  }
                  return DONE;
                }),
            Workers.on(Runnable::run, time));
    arrive(pipeline, messages(1, size));
    stages.get(0).complete(null);
    assertEquals(size, transport.acknowledged().size());
  }
}
