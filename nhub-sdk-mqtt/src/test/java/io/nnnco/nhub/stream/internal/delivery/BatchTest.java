package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are collected, handled and acknowledged together, and fail alone. */
class BatchTest extends PipelineFixture {
  private static final Duration DELAY = Duration.ofMillis(200);

  private final List<List<Long>> batches = new ArrayList<>();
  private final Map<String, List<Long>> stored = new HashMap<>();
  private final List<FailedMessage> dead = new ArrayList<>();
  private final Set<Long> poison = new HashSet<>();
  private boolean down;

  @BeforeEach
  void giveUpToAList() {
    options.window(2_000).failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
  }

  private DeliveryPipeline batched(int size) {
    return batched(BatchOptions.of(size, DELAY), this::store);
  }

  private DeliveryPipeline batched(BatchOptions batchOptions, AsyncBatchHandler handler) {
    return pipeline(new BatchedHandler(batchOptions, handler));
  }

  /** As a transaction does: all or nothing. */
  private CompletionStage<?> store(List<DeliveredMessage> batch) {
    List<Long> numbers = batch.stream().map(BatchTest::number).toList();
    batches.add(numbers);
    if (down || numbers.stream().anyMatch(poison::contains)) {
      return CompletableFuture.failedFuture(new IllegalStateException("rolled back"));
    }
    batch.forEach(this::keep);
    return CompletableFuture.completedFuture(null);
  }

  private void keep(DeliveredMessage each) {
    stored
        .computeIfAbsent(each.message().deviceId(), device -> new ArrayList<>())
        .add(number(each));
  }

  private static long number(DeliveredMessage each) {
    return each.message().timestamp().toEpochMilli();
  }

  private static InboundMessage[] messages(int count, IntFunction<String> device) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> uplink(i, device.apply(i), i))
        .toArray(InboundMessage[]::new);
  }

  private List<Integer> sizes() {
    return batches.stream().map(List::size).toList();
  }

  private void inOrderPerDevice(int total) {
    stored.forEach(
        (device, numbers) -> assertEquals(numbers.stream().sorted().toList(), numbers, device));
    assertEquals(total, stored.values().stream().mapToInt(List::size).sum());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void arrive_moreThanABatch_isHandedOverFull_withAnyNumberOfMessagesOfADevice(int devices) {
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, messages(1_100, i -> "device-" + i % devices));
    time.runDue();
    assertEquals(List.of(500, 500), sizes());
    time.advance(DELAY.minusMillis(1));
    assertEquals(2, batches.size());
    time.advance(Duration.ofMillis(1));
    assertEquals(List.of(500, 500, 100), sizes());
    assertEquals(1_100, transport.acknowledged().size());
    inOrderPerDevice(1_100);
  }

  @Test
  void arrive_fewMessages_isHandedOverAfterTheDelayOfTheOldest() {
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofMillis(150));
    arrive(pipeline, uplink(2, "b", 2));
    time.advance(Duration.ofMillis(49));
    assertEquals(List.of(), batches);
    time.advance(Duration.ofMillis(1));
    assertEquals(List.of(List.of(1L, 2L)), batches);
  }

  @Test
  void arrive_fewMessagesAgain_isHandedOverAfterTheDelayAgain() {
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(DELAY);
    arrive(pipeline, uplink(2, "b", 2));
    time.advance(DELAY);
    assertEquals(List.of(List.of(1L), List.of(2L)), batches);
  }

  @Test
  void arrive_deviceIsAtWork_waitsForItsEnd_thoughAnotherBatchMayRun() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(10, DELAY).parallel(2),
            batch -> {
              store(batch);
              return batches.size() == 1 ? first : CompletableFuture.completedFuture(null);
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(DELAY);
    arrive(pipeline, uplink(2, "a", 2));
    time.advance(Duration.ofMillis(90));
    arrive(pipeline, uplink(3, "b", 3));
    time.advance(Duration.ofMillis(10));
    first.complete(null);
    time.advance(Duration.ofMillis(99));
    assertEquals(List.of(List.of(1L)), batches);
    time.advance(Duration.ofMillis(1));
    assertEquals(List.of(List.of(1L), List.of(2L, 3L)), batches, "after the delay of the older");
  }

  @Test
  void arrive_moreOfADeviceAtWork_isNotHandedOver() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(1, DELAY).parallel(2),
            batch -> {
              store(batch);
              return stage;
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    arrive(pipeline, uplink(2, "a", 2), uplink(3, "a", 3));
    time.advance(DELAY.multipliedBy(2));
    assertEquals(List.of(List.of(1L)), batches);
    stage.complete(null);
    time.runDue();
    assertEquals(List.of(List.of(1L), List.of(2L), List.of(3L)), batches);
  }

  @Test
  void arrive_windowFull_isHandedOverAtOnce() {
    options.window(10);
    DeliveryPipeline pipeline = batched(BatchOptions.of(8, Duration.ofHours(1)), this::store);
    arrive(pipeline, messages(10, i -> "a"));
    time.runDue();
    assertEquals(List.of(8), sizes(), "two are left, and there is room for more");
  }

  @Test
  void handlerIsAtWork_nothingIsAcknowledged_thenAllTogether() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    DeliveryPipeline pipeline = batched(BatchOptions.of(3, DELAY), batch -> stage);
    arrive(pipeline, messages(3, i -> "device-" + i));
    time.runDue();
    assertEquals(List.of(), transport.acknowledged());
    stage.complete(null);
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

  @Test
  void parallel_neverHasMessagesOfOneDeviceInTwoBatches() {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    List<Set<String>> running = new ArrayList<>();
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(4, DELAY).parallel(3),
            batch -> {
              Set<String> devices = new HashSet<>();
              batch.forEach(each -> devices.add(each.message().deviceId()));
              running.forEach(other -> assertTrue(disjoint(other, devices)));
              running.add(devices);
              CompletableFuture<Void> stage = new CompletableFuture<>();
              stages.add(stage);
              batch.forEach(this::keep);
              return stage.whenComplete((done, failure) -> running.remove(devices));
            });
    arrive(pipeline, messages(120, i -> "device-" + i % 7));
    int most = 0;
    for (int i = 0; i < 1_000 && transport.acknowledged().size() < 120; i++) {
      time.advance(DELAY);
      most = Math.max(most, running.size());
      if (!stages.isEmpty()) {
        stages.remove(i % stages.size()).complete(null);
      }
    }
    assertEquals(3, most);
    inOrderPerDevice(120);
  }

  private static boolean disjoint(Set<String> one, Set<String> other) {
    return one.stream().noneMatch(other::contains);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 125, 249, 250, 251, 333, 499, 500})
  void onePoison_isFoundWithFewCalls_andAloneGivenUp(int bad) {
    poison.add((long) bad);
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, messages(500, i -> "device-" + i));
    time.runDue();
    int found = batches.indexOf(List.of((long) bad));
    assertTrue(found > 0, "not found in " + batches.size() + " calls");
    assertTrue(found <= 2 * Math.log(500) / Math.log(2) + 2, found + " further calls");
    assertEquals(499, stored.size(), "the others did not have to wait");

    for (int i = 501; i < 600; i++) {
      arrive(pipeline, uplink(i, "device-" + (i < 550 ? 1_000 : bad), i));
      time.advance(DELAY);
    }
    assertEquals(List.of((long) bad), dead.stream().map(BatchTest::number).toList());
    assertEquals(599, transport.acknowledged().size());
    inOrderPerDevice(598);
  }

  private static long number(FailedMessage failure) {
    return ((ReceivedMessage) failure.delivery()).packetId();
  }

  @Test
  void onePoison_oneDevice_keepsWhatCameAfterItWaiting_inOrder() {
    poison.add(250L);
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, messages(500, i -> "a"));
    time.runDue();
    inOrderPerDevice(249);
    time.advance(Duration.ofMinutes(12)); // Nothing else arrives: nobody can tell.
    assertEquals(1, dead.size());
    inOrderPerDevice(499);
  }

  @Test
  void handlerNamesTheMessage_itGoesAlone_andTheOthersAreHandedOverWithoutIt() {
    poison.add(300L);
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(500, DELAY),
            batch -> {
              for (int i = 0; i < batch.size(); i++) {
                if (poison.contains(number(batch.get(i)))) {
                  batches.add(List.of());
                  throw BatchFailedException.at(i, new ArithmeticException("not a number"));
                }
              }
              return store(batch);
            });
    arrive(pipeline, messages(500, i -> "device-" + i));
    time.runDue();
    assertEquals(List.of(0, 299, 0), sizes().subList(0, 3));
    for (int i = 501; i < 560; i++) {
      arrive(pipeline, uplink(i, "other", i));
      time.advance(DELAY);
    }
    assertEquals(1, dead.size());
    assertEquals(ArithmeticException.class, dead.get(0).cause().getClass());
    inOrderPerDevice(499 + 59);
  }

  @Test
  void databaseDownForAnHour_isProbedByOneMessage_andNothingIsGivenUp() {
    down = true;
    DeliveryPipeline pipeline = batched(500);
    arrive(pipeline, messages(2_000, i -> "device-" + i % 100));
    time.advance(Duration.ofHours(1));
    assertEquals(500, batches.get(0).size());
    assertTrue(
        batches.stream().skip(1).allMatch(batch -> batch.size() == 1), () -> sizes().toString());
    assertTrue(batches.size() <= 4 + 5 + 3_600 / 30, "calls: " + batches.size());
    assertEquals(List.of(), dead);

    down = false;
    time.advance(Duration.ofMinutes(1));
    assertEquals(2_000, transport.acknowledged().size());
    inOrderPerDevice(2_000);
    assertEquals(List.of(), dead);
  }

  @Test
  void databaseFlaps_withPoison_givesUpExactlyThePoison() {
    for (long bad = 17; bad < 3_000; bad += 100) {
      poison.add(bad);
    }
    DeliveryPipeline pipeline = batched(100);
    for (int i = 0; i < 3_000; i++) {
      down = i / 50 % 2 == 1;
      arrive(pipeline, uplink(i + 1, "device-" + i % 90, i + 1));
      time.advance(Duration.ofMillis(100));
    }
    down = false;
    for (int i = 3_000; i < 3_300; i++) {
      arrive(pipeline, uplink(i + 1, "device-" + i % 90, i + 1));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(
        poison.stream().sorted().toList(), dead.stream().map(BatchTest::number).sorted().toList());
    inOrderPerDevice(3_300 - poison.size());
  }

  @Test
  void undecodable_goesToTheLastResort_andTheRestIsABatch() {
    DeliveryPipeline pipeline = batched(4);
    arrive(pipeline, uplink(1, "a", 1), message(2, "a", "{"), uplink(3, "a", 3), uplink(4, "b", 4));
    time.advance(DELAY.multipliedBy(2));
    assertEquals(List.of(List.of(1L, 4L), List.of(3L)), batches);
    assertEquals(List.of(1, 2, 3, 4), transport.acknowledged());
    assertEquals(1, dead.size());
  }

  @Test
  void drain_doesNotWaitForABatchToFill() {
    DeliveryPipeline pipeline = batched(BatchOptions.of(500, Duration.ofHours(1)), this::store);
    arrive(pipeline, messages(3, i -> "a"));
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    assertFalse(drained.isDone());
    time.runDue();
    assertTrue(drained.isDone());
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

  @Test
  void handlerHangs_isTriedInPartsOnlyAfterItsDeadline() {
    options.handlerDeadline(Duration.ofMinutes(1));
    DeliveryPipeline pipeline =
        batched(
            BatchOptions.of(4, DELAY),
            batch -> batch.size() == 4 ? new CompletableFuture<Void>() : store(batch));
    arrive(pipeline, messages(4, i -> "device-" + i));
    time.advance(Duration.ofSeconds(59));
    assertEquals(List.of(), transport.acknowledged());
    time.advance(Duration.ofSeconds(2));
    assertEquals(List.of(1, 2, 3, 4), transport.acknowledged());
  }
}
