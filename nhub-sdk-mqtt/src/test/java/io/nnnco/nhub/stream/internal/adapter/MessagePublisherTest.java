package io.nnnco.nhub.stream.internal.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.BadCredentialsException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.VirtualBridge;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The publisher against the rules of Reactive Streams 1.0.4, which each test names. */
class MessagePublisherTest {
  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);
  private final SubscribeOptionsBuilder options = SubscribeOptions.builder("nnn.acme").window(4);
  private final List<RealSubscription> opened = new ArrayList<>();
  private final Recorder recorder = new Recorder();

  private MessagePublisher publisher(Executor workers) {
    return new MessagePublisher(
        handler -> {
          RealSubscription subscription = bridge.open(options.build(), handler);
          opened.add(subscription);
          return subscription;
        },
        workers);
  }

  private void subscribe() {
    publisher(Workers.on(time)).subscribe(recorder);
    time.runDue();
    if (!opened.isEmpty()) {
      bridge.accept();
      time.runDue();
    }
  }

  /** Sends these as packets 1, 2, …; each device's time stamps count up too. */
  private void uplinks(String... devices) {
    for (int i = 0; i < devices.length; i++) {
      bridge.uplink(i + 1, devices[i], i + 1);
    }
    time.runDue();
  }

  private List<Integer> acknowledged() {
    return bridge.transport().acknowledged();
  }

  /** Notes each signal, and does what a test wants it to. */
  private static final class Recorder implements Flow.Subscriber<DeliveredMessage> {
    private final List<String> signals = new ArrayList<>();
    private Consumer<Flow.Subscription> onSubscribe = subscription -> {};
    private Consumer<DeliveredMessage> onNext = message -> {};
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable error;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      signals.add("onSubscribe");
      subscription = given;
      onSubscribe.accept(given);
    }

    @Override
    public void onNext(DeliveredMessage message) {
      signals.add(message.message().deviceId() + message.message().timestamp().toEpochMilli());
      onNext.accept(message);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add("onError");
      error = failure;
    }

    @Override
    public void onComplete() {
      signals.add("onComplete");
    }

    Flow.Subscription subscription() {
      if (subscription == null) {
        throw new AssertionError("onSubscribe was not called");
      }
      return subscription;
    }

    /** All signals but the first. */
    List<String> signals() {
      assertEquals("onSubscribe", signals.get(0));
      return signals.subList(1, signals.size());
    }
  }

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
    bridge.transport().withoutReceiveMaximum();
    subscribe();
    uplinks("a", "b", "c", "d");
    assertEquals(false, bridge.transport().isReading());
    recorder.subscription().request(Long.MAX_VALUE);
    time.runDue();

    assertTrue(bridge.transport().isReading());
    assertEquals(List.of("a1", "b2", "c3", "d4"), recorder.signals());
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
    boolean came = all.await(30, TimeUnit.SECONDS);
    transports.shutdown();
    workers.shutdown();

    assertTrue(came, all.getCount() + " did not come");
    assertEquals(1, most.get());
    assertTrue(workers.awaitTermination(30, TimeUnit.SECONDS));
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
            Workers.on(time))
        .subscribe(recorder);
    time.runDue();

    assertEquals(List.of("onError"), recorder.signals());
    assertSame(closed, recorder.error);
  }

  @Test
  void rule_1_7_terminalError_isOnErrorAndNothingAfter() {
    subscribe();
    uplinks("a");
    BadCredentialsException wrongToken =
        new BadCredentialsException(Phase.CONNECT, "The token is wrong.", null);
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
  void twoSubscribers_haveASubscriptionOfTheirOwnEach() {
    MessagePublisher publisher = publisher(Workers.on(time));
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
