package io.nnnco.nhub.stream.internal;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.StreamEvent.Connecting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventSinkTest {
  private static StreamEvent event(int number) {
    return new Connecting(VirtualTime.START, number);
  }

  private static int number(StreamEvent event) {
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
            });
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
            Runnable::run);
    sink.emit(event(1));
    sink.emit(event(2));
    assertEquals(List.of(1, 2), heard);
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
            Runnable::run);
    self.complete(sink);
    sink.emit(event(1));
    assertEquals(List.of(1, 2), heard);
  }

  @Test
  void emit_afterTheEnd_isNotHeard() {
    List<StreamEvent> heard = new ArrayList<>();
    EventSink sink = new EventSink(heard::add, Runnable::run);
    StreamEvent end = new StreamEvent.Closed(VirtualTime.START, null);
    sink.emit(end);
    sink.emit(event(1));
    assertEquals(List.of(end), heard, "the last event");
  }
}
