package io.nnnco.nhub.stream.internal.adapter;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.Control;
import io.nnnco.nhub.stream.internal.VirtualBridge;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuedMessageStreamTest {
  private final ScheduledExecutorService control = Control.start(true);
  private final VirtualBridge bridge =
      new VirtualBridge(control, Workers.on(Runnable::run, control), Time.system());
  private final MessageStream stream =
      QueuedMessageStream.open(
          handler -> bridge.open(SubscribeOptions.builder("nnn.acme").window(4).build(), handler));

  @BeforeEach
  void connect() {
    bridge.accept();
  }

  @AfterEach
  void close() {
    stream.close();
    control.shutdown();
  }

  /** Sends these as packets 1, 2, …. */
  private void uplinks(String... devices) {
    for (int i = 0; i < devices.length; i++) {
      bridge.uplink(i + 1, devices[i], i + 1);
    }
  }

  private List<Integer> acknowledged() {
    return bridge.transport().acknowledged();
  }

  private static String device(DeliveredMessage message) {
    return message.message().deviceId();
  }

  /** Begins something that waits, on a thread of its own. */
  private static <T> FutureTask<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "consumer");
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  private static Throwable failureOf(FutureTask<?> task) {
    return Objects.requireNonNull(
        assertThrows(ExecutionException.class, () -> task.get(SOON.toSeconds(), TimeUnit.SECONDS))
            .getCause());
  }

  @Test
  void take_acknowledgesTheMessageBefore() throws Exception {
    uplinks("a", "b");
    assertEquals("a", device(stream.take()));
    assertEquals(List.of(), acknowledged());
    assertEquals("b", device(stream.take()));
    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void take_nothingThere_waitsForTheNext() throws Exception {
    FutureTask<DeliveredMessage> taking = waiting(stream::take);
    uplinks("a");

    assertEquals("a", device(taking.get(SOON.toSeconds(), TimeUnit.SECONDS)));
  }

  @Test
  void poll_nothingInTime_isEmpty_andHasAcknowledgedTheLast() throws Exception {
    uplinks("a");
    stream.take();

    assertTrue(stream.poll(Duration.ZERO).isEmpty());
    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void poll_messageThere_givesIt() throws Exception {
    uplinks("a");

    assertEquals("a", device(stream.poll(SOON).orElseThrow()));
  }

  @Test
  void acknowledge_isDoneNow_andOnce() throws Exception {
    uplinks("a", "b");
    stream.acknowledge();
    assertEquals(List.of(), acknowledged());
    stream.take();
    stream.acknowledge();
    stream.acknowledge();

    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void sameDevice_nextComesAfterTheAcknowledgement() throws Exception {
    uplinks("a", "a");
    stream.take();

    assertEquals(2, stream.take().message().timestamp().toEpochMilli());
    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void nobodyTakes_readingStopsAtTheWindow_andGoesOnLater() throws Exception {
    uplinks("a", "b", "c", "d", "e");
    assertFalse(bridge.transport().isReading());
    stream.take();
    stream.take();
    stream.take();
    stream.take();

    assertTrue(bridge.transport().isReading());
  }

  @Test
  void close_doesNotAcknowledgeTheLastMessage() throws Exception {
    uplinks("a");
    stream.take();
    stream.close();

    assertEquals(List.of(), acknowledged());
    assertEquals(SubscriptionState.CLOSED, stream.subscription().state());
  }

  @Test
  void close_afterAcknowledge_sendsThePubackFirst() throws Exception {
    uplinks("a", "b");
    stream.take();
    stream.acknowledge();
    stream.close();

    assertEquals(List.of(1), acknowledged());
    assertEquals(List.of("open", "disconnect and forget"), bridge.transport().calls());
  }

  @Test
  void close_endsWhoWaitsInTake() throws Exception {
    FutureTask<DeliveredMessage> taking = waiting(stream::take);
    stream.close();

    assertEquals(IllegalStateException.class, failureOf(taking).getClass());
    assertThrows(IllegalStateException.class, () -> stream.poll(Duration.ZERO));
  }

  @Test
  void close_endsTheIteration() throws Exception {
    FutureTask<Integer> iterating =
        waiting(
            () -> {
              int count = 0;
              for (DeliveredMessage message : stream) {
                count += device(message).length();
              }
              return count;
            });
    stream.close();

    assertEquals(0, iterating.get(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void terminalError_isThrownToWhoWaits_andToWhoComesLater() {
    FutureTask<DeliveredMessage> taking = waiting(stream::take);
    AuthenticationException wrongToken =
        new AuthenticationException(
            StreamErrorCode.BAD_CREDENTIALS, ConnectionPhase.CONNECT, "The token is wrong.", null);
    bridge.fail(wrongToken);

    assertSame(wrongToken, failureOf(taking));
    assertSame(
        wrongToken,
        Coded.assertThrows(
            AuthenticationException.class,
            StreamErrorCode.BAD_CREDENTIALS,
            () -> stream.iterator().hasNext()));
  }

  @Test
  void interrupt_inTake_isInterruptedException_andNothingIsLost() throws Exception {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, stream::take);
    uplinks("a");

    assertEquals("a", device(stream.take()));
  }

  @Test
  void interrupt_inHasNext_endsTheIteration_andStaysSet() {
    Thread.currentThread().interrupt();

    assertFalse(stream.iterator().hasNext());
    assertTrue(Thread.interrupted());
  }

  @Test
  void forEach_bodyThrows_thatMessageIsNotAcknowledged() {
    uplinks("a", "b", "c");
    assertThrows(
        UnsupportedOperationException.class,
        () -> {
          for (DeliveredMessage message : stream) {
            if (device(message).equals("b")) {
              throw new UnsupportedOperationException();
            }
          }
        });

    assertEquals(List.of(1), acknowledged());
  }

  @Test
  void hasNext_askedTwice_neitherSkipsNorAcknowledges() {
    uplinks("a", "b");
    Iterator<DeliveredMessage> iterator = stream.iterator();
    assertTrue(iterator.hasNext());
    assertTrue(iterator.hasNext());

    assertEquals("a", device(iterator.next()));
    assertEquals(List.of(), acknowledged());
  }

  @Test
  void next_afterHasNextWasTrue_givesTheMessageThoughTheStreamWasClosed() {
    uplinks("a");
    Iterator<DeliveredMessage> iterator = stream.iterator();
    assertTrue(iterator.hasNext());
    stream.close();

    assertEquals("a", device(iterator.next()));
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void take_afterHasNext_isTheMessageThatHasNextSaw() throws Exception {
    uplinks("a", "b");
    assertTrue(stream.iterator().hasNext());

    assertEquals("a", device(stream.take()));
    assertEquals(List.of(), acknowledged());
  }

  @Test
  void stream_limited_acknowledgesEachAfterItsAction() {
    uplinks("a", "b", "c");
    List<String> seen = new ArrayList<>();
    try (Stream<DeliveredMessage> messages = stream.stream()) {
      messages
          .limit(2)
          .forEach(message -> seen.add(device(message) + " after " + acknowledged().size()));
    }

    assertEquals(List.of("a after 0", "b after 1"), seen);
    assertEquals(List.of(1, 2), acknowledged(), "the last one too");
    assertEquals(SubscriptionState.CLOSED, stream.subscription().state());
  }

  @Test
  void stream_actionThrows_thatMessageIsNotAcknowledged() {
    uplinks("a");
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            stream.stream()
                .forEach(
                    message -> {
                      throw new UnsupportedOperationException();
                    }));
    stream.close();

    assertEquals(List.of(), acknowledged());
  }

  @Test
  void stream_madeParallel_isStillTakenOneByOne() {
    uplinks("a", "b", "c", "d");

    assertEquals(
        List.of("a", "b"),
        stream.stream().parallel().limit(2).map(message -> device(message)).toList());
    assertEquals(List.of(1, 2), acknowledged());
  }
}
