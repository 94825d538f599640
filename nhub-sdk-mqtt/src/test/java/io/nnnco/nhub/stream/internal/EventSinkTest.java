package io.nnnco.nhub.stream.internal;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NoMoreThreads;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Connecting;
import io.nnnco.nhub.stream.event.SubscriptionEvent.MessageFailed;
import io.nnnco.nhub.stream.internal.delivery.HeldBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventSinkTest {
  private final VirtualTime time = new VirtualTime();

  private static SubscriptionEvent event(int number) {
    return new Connecting(VirtualTime.START, number);
  }

  private static int number(SubscriptionEvent event) {
    return ((Connecting) event).attempt();
  }

  @Test
  void events_comeInOrder_oneAtATime_onADaemonThreadOfTheSdk() throws InterruptedException {
    List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger atOnce = new AtomicInteger();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CountDownLatch all = new CountDownLatch(10_000);
    EventSink sink =
        new EventSink(
            event -> {
              assertEquals(1, atOnce.incrementAndGet());
              thread.complete(Thread.currentThread());
              heard.add(number(event));
              atOnce.decrementAndGet();
              all.countDown();
            },
            time);
    IntStream.range(0, 10_000).forEach(i -> sink.emit(event(i)));

    assertTrue(all.await(SOON.toSeconds(), TimeUnit.SECONDS));
    assertEquals(IntStream.range(0, 10_000).boxed().toList(), heard);
    assertTrue(thread.join().isDaemon());
    assertTrue(thread.join().getName().startsWith("nhub-"));
  }

  @Test
  void listenerThrows_theNextEventComesAllTheSame() {
    List<Integer> heard = new ArrayList<>();
    EventSink sink =
        new EventSink(
            event -> {
              heard.add(number(event));
              throw new StackOverflowError();
            },
            time,
            Runnable::run);
    sink.emit(event(1));
    sink.emit(event(2));
    assertEquals(List.of(1, 2), heard);
  }

  /** Whoever emits has other things to do; and no further event may come, as after the end. */
  @Test
  void emit_whileTheMachineHasNoMoreThreads_isHeardAMomentLater() throws InterruptedException {
    List<Integer> heard = new ArrayList<>();
    CountDownLatch both = new CountDownLatch(2);
    EventSink sink =
        new EventSink(
            event -> {
              heard.add(number(event));
              both.countDown();
            },
            time,
            task -> {
              NoMoreThreads.check();
              new Thread(task).start();
            });
    NoMoreThreads.during(
        () -> {
          sink.emit(event(1));
          sink.emit(event(2));
          time.advance(Duration.ofSeconds(5));
        });
    assertEquals(List.of(), heard);
    time.advance(Duration.ofSeconds(1));
    assertTrue(both.await(SOON.toSeconds(), TimeUnit.SECONDS));
    assertEquals(List.of(1, 2), heard);
    assertEquals(0, time.waiting());
  }

  @Test
  void emit_withinTheListener_isHeardAfterwards() {
    List<Integer> heard = new ArrayList<>();
    CompletableFuture<EventSink> self = new CompletableFuture<>();
    EventSink sink =
        new EventSink(
            event -> {
              if (number(event) == 1) {
                self.join().emit(event(2));
              }
              heard.add(number(event));
            },
            time,
            Runnable::run);
    self.complete(sink);
    sink.emit(event(1));
    assertEquals(List.of(1, 2), heard);
  }

  @Test
  void emit_afterTheEnd_isNotHeard() {
    List<SubscriptionEvent> heard = new ArrayList<>();
    EventSink sink = new EventSink(heard::add, time, Runnable::run);
    SubscriptionEvent end = new SubscriptionEvent.Closed(VirtualTime.START, null);
    sink.emit(end);
    sink.emit(event(1));
    assertEquals(List.of(end), heard, "the last event");
  }

  private static SubscriptionEvent failed(int bytes) {
    FailedMessage message = new FailedMessage(new Payload(bytes), new IllegalStateException(), 1);
    return new MessageFailed(VirtualTime.START, message, LastResort.SKIP);
  }

  /** A message that is held as long as its event. */
  private record Payload(long heldBytes) implements Delivery, HeldBytes {
    @Override
    public String topic() {
      return "t";
    }

    @Override
    public Optional<Enterprise> enterprise() {
      return Optional.empty();
    }

    @Override
    public String deviceId() {
      return "d";
    }

    @Override
    public Instant arrivedAt() {
      return VirtualTime.START;
    }

    @Override
    public Qos qos() {
      return Qos.AT_LEAST_ONCE;
    }

    @Override
    public boolean redelivered() {
      return false;
    }

    @Override
    public byte[] payload() {
      throw new AssertionError("a copy for nothing");
    }

    @Override
    public String deduplicationKey() {
      return "k";
    }
  }

  /** What a listener hears that was stuck until all of it had happened. */
  private static List<SubscriptionEvent> heardAfter(SubscriptionEvent... events) {
    List<SubscriptionEvent> heard = new ArrayList<>();
    List<Runnable> stuck = new ArrayList<>();
    EventSink sink = new EventSink(heard::add, new VirtualTime(), stuck::add);
    List.of(events).forEach(sink::emit);
    stuck.forEach(Runnable::run);
    return heard;
  }

  @Test
  void stuckListener_failedMessages_areHeldUpToTheBound_theOldestAreDroppedAndTold() {
    SubscriptionEvent[] events = new SubscriptionEvent[530];
    Arrays.setAll(events, i -> failed(100_000));
    List<SubscriptionEvent> heard = heardAfter(events);

    long held =
        heard.stream()
            .filter(MessageFailed.class::isInstance)
            .mapToLong(event -> ((Payload) ((MessageFailed) event).message().delivery()).heldBytes)
            .sum();
    assertTrue(held <= EventBacklog.MOST_BYTES && held > 7_900_000, () -> held + " bytes");
    assertEquals(
        new SubscriptionEvent.EventsDropped(VirtualTime.START, 530 - (heard.size() - 1)),
        heard.get(0));
    assertSame(events[529], heard.get(heard.size() - 1));
  }

  @Test
  void stuckListener_manySmallEvents_areBoundedToo() {
    SubscriptionEvent[] events = new SubscriptionEvent[200_000];
    Arrays.setAll(events, EventSinkTest::event);
    assertTrue(heardAfter(events).size() < 40_000);
  }

  @Test
  void stuckListener_whatNeedsAnAction_isNeverDropped() {
    SubscriptionEvent lost =
        new SubscriptionEvent.SessionLost(VirtualTime.START, VirtualTime.START, VirtualTime.START);
    SubscriptionEvent refused =
        new SubscriptionEvent.CredentialsRefused(
            VirtualTime.START, new SessionTakenOverException(ConnectionPhase.STREAM, "x", null));
    SubscriptionEvent closed = new SubscriptionEvent.Closed(VirtualTime.START, null);
    int larger = (int) EventBacklog.MOST_BYTES + 1;

    assertEquals(
        List.of(new SubscriptionEvent.EventsDropped(VirtualTime.START, 2), lost, refused, closed),
        heardAfter(lost, failed(larger), refused, failed(larger), closed));
  }

  @Test
  void stuckListener_oneEventBeyondTheBound_isHeard() {
    SubscriptionEvent larger = failed((int) EventBacklog.MOST_BYTES + 1);
    assertEquals(List.of(larger), heardAfter(larger));
    assertEquals(
        List.of(new SubscriptionEvent.EventsDropped(VirtualTime.START, 1), larger),
        heardAfter(event(1), larger));
  }

  @Test
  void listenerThatKeepsUp_hearsEverything() {
    List<SubscriptionEvent> heard = new ArrayList<>();
    EventSink sink = new EventSink(heard::add, time, Runnable::run);
    IntStream.range(0, 1_000).forEach(i -> sink.emit(failed(100_000)));
    assertEquals(1_000, heard.size());
  }
}
