package io.nnnco.nhub.stream.internal.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.SubscriptionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What a subscriber may ask for, by the rules of Reactive Streams 1.0.4 that each test names. */
class PublishedSubscriptionTest extends PublisherFixture {
  @Test
  void rule_3_3_requestWithinOnNext_doesNotRecurse() {
    options.window(65_535);
    List<Integer> depths = new ArrayList<>();
    recorder.onNext =
        message -> {
          depths.add(new Throwable().getStackTrace().length);
          recorder.subscription().request(1);
        };
    publisher(Runnable::run).subscribe(recorder);
    time.runDue();
    bridge.accept();
    for (int i = 1; i <= 3_000; i++) {
      bridge.uplink(i, "device" + i, i);
    }
    time.runDue();
    recorder.subscription().request(1);

    assertEquals(3_000, depths.size());
    assertEquals(1, depths.stream().distinct().count(), "the stack stays as deep as it was");
  }

  @Test
  void rule_3_5_cancel_closesTheSubscription_andWhatWaitsIsNotAcknowledged() {
    subscribe();
    uplinks("a", "b");
    recorder.subscription().cancel();
    time.runDue();

    assertEquals(List.of(), recorder.signals());
    assertEquals(List.of(), acknowledged());
    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
    assertEquals(List.of("open", "disconnect and forget"), bridge.transport().calls());
  }

  @Test
  void rule_3_5_cancelWithinOnNext_acknowledgesThatMessageBeforeItCloses() {
    recorder.onNext = message -> recorder.subscription().cancel();
    subscribe();
    recorder.subscription().request(Long.MAX_VALUE);
    uplinks("a", "b");

    assertEquals(List.of("a1"), recorder.signals());
    assertEquals(List.of(1), acknowledged());
    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
  }

  @Test
  void rule_3_5_cancelWithinOnSubscribe_opensNothing() {
    recorder.onSubscribe = Flow.Subscription::cancel;
    subscribe();

    assertEquals(List.of(), opened);
    assertEquals(List.of(), recorder.signals());
  }

  @Test
  void cancel_whenTheExecutorRefusesWork_closesAllTheSame() {
    publisher(task -> {}).subscribe(recorder);
    time.runDue();
    bridge.accept();
    recorder.subscription().cancel();
    time.runDue();

    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
  }

  @Test
  void rule_3_6_and_3_7_afterCancel_requestAndCancelDoNothing() {
    subscribe();
    recorder.subscription().cancel();
    recorder.subscription().cancel();
    recorder.subscription().request(-1);
    recorder.subscription().request(1);
    uplinks("a");

    assertEquals(List.of(), recorder.signals());
  }

  @Test
  void rule_3_9_requestOfZero_isOnErrorAndCloses() {
    subscribe();
    recorder.subscription().request(0);
    time.runDue();

    assertEquals(List.of("onError"), recorder.signals());
    IllegalArgumentException error =
        assertInstanceOf(IllegalArgumentException.class, recorder.error);
    assertEquals("Rule 3.9: request(n) takes n > 0, not 0.", error.getMessage());
    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
  }

  @Test
  void rule_3_9_withinOnSubscribe_isOnErrorAfterItReturned() {
    List<List<String>> during = new ArrayList<>();
    recorder.onSubscribe =
        subscription -> {
          subscription.request(-5);
          time.runDue();
          during.add(List.copyOf(recorder.signals));
        };
    subscribe();

    assertEquals(List.of(List.of("onSubscribe")), during);
    assertEquals(List.of("onError"), recorder.signals());
    assertEquals(List.of(), opened);
  }

  @Test
  void rule_3_17_demandAddsUpToLongMaxAndBeyond_withoutOverflow() {
    subscribe();
    recorder.subscription().request(Long.MAX_VALUE - 1);
    recorder.subscription().request(Long.MAX_VALUE - 1);
    uplinks("a", "b");

    assertEquals(List.of("a1", "b2"), recorder.signals());
  }

  @Test
  void close_withinOnNext_returnsAtOnce() {
    List<DrainReport> reports = new ArrayList<>();
    recorder.onNext = message -> reports.add(opened.get(0).close(Duration.ofSeconds(10)));
    subscribe();
    recorder.subscription().request(1);
    uplinks("a");

    assertEquals(List.of(new DrainReport(0, 0)), reports, "it did not wait for itself");
    assertEquals(List.of("a1", "onComplete"), recorder.signals());
    assertEquals(List.of(1), acknowledged());
  }
}
