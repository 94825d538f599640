package io.nnnco.nhub.stream.internal.adapter;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is signalled and when, by the rules of Reactive Streams 1.0.4 that each test names. */
class MessagePublisherTest extends PublisherFixture {
  @Test
  void rule_1_1_noMoreIsSignalledThanWasRequested_andTheRestWaitsUnacknowledged() {
    subscribe();
    uplinks("a", "b", "c");
    assertEquals(List.of(), recorder.signals());
    recorder.subscription().request(2);
    time.runDue();

    assertEquals(List.of("a1", "b2"), recorder.signals());
    assertEquals(List.of(1, 2), acknowledged());
    recorder.subscription().request(1);
    time.runDue();
    assertEquals(List.of("a1", "b2", "c3"), recorder.signals());
    assertEquals(List.of(1, 2, 3), acknowledged());
  }

  @Test
  void onNext_isAcknowledgedAfterItHasReturnedAndNotBefore() {
    List<Integer> during = new ArrayList<>();
    recorder.onNext = message -> during.addAll(acknowledged());
    subscribe();
    recorder.subscription().request(1);
    uplinks("a");

    assertEquals(List.of(), during);
    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void noDemand_theWindowBoundsWhatWaits_andDemandReadsOn() {
    subscribe();
    uplinks("a", "b", "c", "d", "e");
    assertEquals(false, bridge.transport().isReading());
    recorder.subscription().request(Long.MAX_VALUE);
    time.runDue();

    assertTrue(bridge.transport().isReading());
    assertEquals(List.of("a1", "b2", "c3", "d4", "e5"), recorder.signals());
  }

  @Test
  void noDemand_longerThanTheHandlerDeadline_losesNothing() {
    options.handlerDeadline(Duration.ofSeconds(1));
    subscribe();
    uplinks("a");
    time.advance(Duration.ofHours(12));
    assertEquals(List.of(), acknowledged());
    recorder.subscription().request(1);
    time.runDue();

    assertEquals(List.of("a1"), recorder.signals());
    assertEquals(List.of(1), acknowledged());
    assertEquals(0, opened.get(0).stats().failedAttempts());
  }

  @Test
  void oneDevice_comesInOrder() {
    subscribe();
    recorder.subscription().request(Long.MAX_VALUE);
    uplinks("a", "a", "a");

    assertEquals(List.of("a1", "a2", "a3"), recorder.signals());
    assertEquals(List.of(1, 2, 3), acknowledged());
  }

  @Test
  void rule_1_3_messagesFromManyThreads_areSignalledOneAtATimeAndOnceEach() throws Exception {
    int each = 2_000;
    ExecutorService workers = Executors.newFixedThreadPool(4);
    ExecutorService transports = Executors.newFixedThreadPool(4);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(4 * each);
    AtomicReference<@Nullable SelfPacedHandler> handler = new AtomicReference<>();
    recorder.onNext =
        message -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          recorder.subscription().request(1);
          all.countDown();
          inside.decrementAndGet();
        };
    new MessagePublisher(
            given -> {
              handler.set(given);
              return bridge.open(options.build(), given);
            },
            workers)
        .subscribe(recorder);
    TestDelivery delivery = TestDelivery.of("ABC123", "uplinks");
    DeviceMessage message = delivery.message();
    for (int thread = 0; thread < 4; thread++) {
      transports.execute(
          () -> {
            for (int i = 0; i < each; i++) {
              handThe(handler.get(), message, delivery);
            }
          });
    }
    recorder.subscription().request(1);
    boolean came = all.await(SOON.toSeconds(), TimeUnit.SECONDS);
    transports.shutdown();
    workers.shutdown();

    assertTrue(came, all.getCount() + " did not come");
    assertEquals(1, most.get());
    assertTrue(workers.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS));
    assertEquals(4 * each, recorder.signals().size());
  }

  private static void handThe(
      @Nullable SelfPacedHandler handler, DeviceMessage message, TestDelivery delivery) {
    try {
      Objects.requireNonNull(handler).handle(message, delivery);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rule_1_9_onSubscribeComesFirst_evenIfMessagesAreFaster() {
    recorder.onSubscribe = subscription -> subscription.request(Long.MAX_VALUE);
    subscribe();
    uplinks("a");

    assertEquals(List.of("a1"), recorder.signals());
  }

  @Test
  @SuppressWarnings("NullAway") // The misuse is the point.
  void rule_1_9_nullSubscriber_isNullPointerException() {
    MessagePublisher publisher = publisher(time);

    assertThrows(NullPointerException.class, () -> publisher.subscribe(null));
  }

  @Test
  void rule_1_9_aStartThatFails_isOnErrorAfterOnSubscribe() {
    IllegalStateException closed = new IllegalStateException("The client is closed");
    new MessagePublisher(
            handler -> {
              throw closed;
            },
            Workers.on(time, time))
        .subscribe(recorder);
    time.runDue();

    assertEquals(List.of("onError"), recorder.signals());
    assertSame(closed, recorder.error);
  }

  @Test
  void rule_1_7_terminalError_isOnErrorAndNothingAfter() {
    subscribe();
    uplinks("a");
    AuthenticationException wrongToken =
        new AuthenticationException(
            StreamErrorCode.BAD_CREDENTIALS, ConnectionPhase.CONNECT, "The token is wrong.", null);
    bridge.fail(wrongToken);
    time.runDue();
    recorder.subscription().request(5);
    time.runDue();

    assertEquals(List.of("onError"), recorder.signals());
    assertSame(wrongToken, recorder.error);
  }

  @Test
  void rule_1_5_close_isOnComplete() {
    subscribe();
    opened.get(0).beginClose(Duration.ofSeconds(10), false);
    time.runDue();

    assertEquals(List.of("onComplete"), recorder.signals());
  }

  @Test
  void close_whileMessagesWait_deliversWhatIsAskedForWithinTheDrain() {
    subscribe();
    uplinks("a", "b");
    opened.get(0).beginClose(Duration.ofSeconds(10), false);
    recorder.subscription().request(1);
    time.advance(Duration.ofSeconds(9));
    assertEquals(List.of("a1"), recorder.signals());
    time.advance(Duration.ofSeconds(2));

    assertEquals(List.of("a1", "onComplete"), recorder.signals());
    assertEquals(List.of(1), acknowledged(), "b stays with the bridge");
  }

  @Test
  void rule_2_13_onNextThrows_isTakenForACancel_andNotAcknowledged() {
    recorder.onNext =
        message -> {
          throw new IllegalArgumentException("not allowed to");
        };
    subscribe();
    recorder.subscription().request(Long.MAX_VALUE);
    uplinks("a", "b");

    assertEquals(List.of("a1"), recorder.signals());
    assertEquals(List.of(), acknowledged());
    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
  }

  @Test
  void rule_2_13_onSubscribeThrows_opensNothing() {
    recorder.onSubscribe =
        subscription -> {
          throw new IllegalArgumentException("not allowed to");
        };
    subscribe();

    assertEquals(List.of(), recorder.signals());
    assertEquals(List.of(), opened);
  }

  @Test
  void twoSubscribers_haveASubscriptionOfTheirOwnEach() {
    MessagePublisher publisher = publisher(Workers.on(time, time));
    Recorder other = new Recorder();
    publisher.subscribe(recorder);
    publisher.subscribe(other);
    time.runDue();
    recorder.subscription().cancel();
    time.runDue();

    assertEquals(2, opened.size());
    assertEquals(SubscriptionState.CLOSED, opened.get(0).state());
    assertEquals(SubscriptionState.CONNECTING, opened.get(1).state());
  }

  /** As those of a client are that is closed: nobody would be there to signal the error. */
  @Test
  void subscribe_whenTheWorkersAreGone_saysSoAllTheSame() {
    IllegalStateException closed = new IllegalStateException("The client is closed");
    new MessagePublisher(
            handler -> {
              throw closed;
            },
            task -> {})
        .subscribe(recorder);
    assertEquals(List.of("onError"), recorder.signals());
    assertEquals(closed, recorder.error);
  }
}
